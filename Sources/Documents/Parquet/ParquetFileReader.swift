internal import ByteKernels

/// Reads the records of a Parquet file, row group by row group.
///
/// The bytes accounted for are those of the file as stored: each row group's are shared over its
/// rows, everything else (magic, indexes, footer, gaps) is one skipped entry. A damaged page costs
/// the rows of its row group that are not out yet; reading goes on with the next row group.
final class ParquetFileReader {
  private struct OpenGroup {
    let index: Int
    var rows: ParquetRowAssembler?
    var rowNumber = 0
  }

  private static let windowByteCountOfAll = 8 << 20

  private let path: String
  private let settings: ReadSettings
  private let slice: Range<Int>
  private let input: ParquetInput
  let footer: ParquetFooter?
  private let fault: ParquetFault?
  private let decompressor = BlockDecompressor()
  private var builder: ParquetRecordBuilder?
  private var nextGroup = 0
  private var firstRow = 0
  private var open: OpenGroup?
  private var hasSkippedFooter = false

  /// Bytes of the file accounted for so far.
  private(set) var accountedByteCount = 0

  /// Reads the row groups whose first byte lies in `slice`; the slice that begins at 0 answers for
  /// the bytes outside of row groups.
  init(
    _ input: ParquetInput, path: String, settings: ReadSettings, baseName: String,
    slice: Range<Int> = ShardStream.whole
  ) {
    self.input = input
    self.path = path
    self.settings = settings
    self.slice = if case .file = input { slice } else { ShardStream.whole }
    do {
      let footer = try ParquetFooter(input)
      self.footer = footer
      builder = ParquetRecordBuilder(
        schema: footer.schema, settings: settings, baseName: baseName)
      fault = nil
    } catch {
      footer = nil
      fault = error
    }
  }

  /// The first byte of each row group, from the footer alone; none when it cannot be read.
  static func rowGroupOffsets(path: String) -> [Int] {
    guard let file = try? RandomAccessFile(path: path),
      let footer = try? ParquetFooter(.file(file))
    else { return [] }
    return footer.groups.map(\.start).sorted()
  }

  /// The next event; nil at the end.
  func next() -> ReadEvent? {
    let event = nextEvent()
    accountedByteCount += event?.byteCount ?? 0
    return event
  }

  private func nextEvent() -> ReadEvent? {
    guard let footer else { return refuseFile() }
    if !hasSkippedFooter, slice.lowerBound == 0 { return skipFooter(footer) }
    while true {
      if let event = readRow(footer) { return event }
      guard nextGroup < footer.groups.count else { return nil }
      let group = footer.groups[nextGroup]
      if slice.contains(group.start), group.rowCount > 0 { open = OpenGroup(index: nextGroup) }
      nextGroup += 1
      if open == nil { firstRow &+= group.rowCount }
    }
  }

  /// The file cannot be read at all; the slice that begins at 0 answers for its bytes.
  ///
  /// A file is cut only when its footer could be read, so a later slice that comes here has met a
  /// fault that the others have not, and says so: its rows are lost.
  private func refuseFile() -> ReadEvent? {
    guard let fault, !hasSkippedFooter else { return nil }
    hasSkippedFooter = true
    return damaged(fault, at: 0, lostByteCount: slice.lowerBound == 0 ? input.byteCount : 0)
  }

  /// What belongs to no row group that has rows.
  private func skipFooter(_ footer: ParquetFooter) -> ReadEvent {
    hasSkippedFooter = true
    let read = footer.groups.reduce(0) { $0 + ($1.rowCount > 0 ? $1.bytes.count : 0) }
    return .skipped(kind: "parquet-footer", byteCount: input.byteCount - read)
  }

  private func readRow(_ footer: ParquetFooter) -> ReadEvent? {
    guard var group = open else { return nil }
    open = nil
    let description = footer.groups[group.index]
    do {
      if group.rows == nil { group.rows = try rows(footer, group.index) }
      guard group.rowNumber < description.rowCount else {
        firstRow &+= description.rowCount
        try group.rows?.finish()
        return nil
      }
      guard var rows = group.rows else { return nil }
      group.rows = nil
      guard
        let event = try builder?.event(&rows, place(of: group.rowNumber, in: description))
      else { return nil }
      group.rows = rows
      group.rowNumber += 1
      open = group
      return event
    } catch {
      let lost = description.rowCount - group.rowNumber
      let start = place(of: group.rowNumber, in: description).byteOffset
      let isWhole = lost == 0
      if !isWhole { firstRow &+= description.rowCount }
      let message =
        "\(error.message) (row group \(group.index), \(lost) of its \(description.rowCount) "
        + "rows are lost); reading goes on behind it; write the file again"
      return damaged(
        ParquetFault(error.kind, message, at: error.byteOffset), at: description.bytes.lowerBound,
        lostByteCount: description.bytes.upperBound - start)
    }
  }

  /// A row's place, and its share of the row group's bytes.
  private func place(of row: Int, in group: ParquetFooter.Group) -> ParquetRecordBuilder.Place {
    let (share, rest) = group.bytes.count.quotientAndRemainder(dividingBy: group.rowCount)
    return ParquetRecordBuilder.Place(
      row: firstRow &+ row, byteOffset: group.bytes.lowerBound + share * row + min(row, rest),
      byteCount: share + (row < rest ? 1 : 0))
  }

  func rows(
    _ footer: ParquetFooter, _ index: Int
  ) throws(ParquetFault) -> ParquetRowAssembler {
    let group = try footer.rowGroup(index)
    let columns = footer.schema.columns
    guard group.chunks.count == columns.count, !columns.isEmpty else {
      throw .corrupt("\(group.chunks.count) columns where the schema has \(columns.count)")
    }
    let window = min(1 << 16, max(512, Self.windowByteCountOfAll / columns.count))
    let memory = ParquetPageMemory()
    let expansion = ParquetExpansion(of: footer.groups[index], settings)
    var readers: [ParquetColumnReader] = []
    for (column, chunk) in zip(columns, group.chunks) {
      do {
        let pages = try ParquetPageReader(
          chunk, input: input, decompressor: decompressor, dataEnd: footer.dataEnd,
          windowByteCount: window, memory: memory)
        readers.append(
          ParquetColumnReader(
            column: column, pages: pages, maximumByteCount: settings.maximumRecordByteCount,
            expansion: expansion, columnCount: columns.count))
      } catch {
        throw ParquetFault(
          error.kind, "column \(column.path): \(error.message)", at: error.byteOffset)
      }
    }
    return ParquetRowAssembler(
      columns: readers, maximumByteCount: settings.maximumRecordByteCount, expansion: expansion)
  }

  private func damaged(
    _ fault: ParquetFault, at offset: Int, lostByteCount: Int
  ) -> ReadEvent {
    let error = ShardError(
      kind: fault.kind, path: path, byteOffset: fault.byteOffset ?? offset, message: fault.message)
    return .damaged(error, lostByteCount: lostByteCount)
  }
}
