internal import ByteKernels

/// Reads rows of a Parquet file that has columns of lists of integers; forwards is cheapest.
///
/// What is in memory is a page of each column and one row. Other columns are passed over.
package final class ParquetListReader {
  package let path: String
  package let rowCount: Int
  /// The columns at the top that are lists of integers, in the order of the file.
  package let columns: [String]

  private let footer: ParquetFooter
  private let file: ParquetFileReader
  /// Those that have rows, with the first of them.
  private var groups: [(index: Int, firstRow: Int)] = []
  private var open: (group: Int, rows: ParquetRowAssembler)?
  private var nextRow = 0

  package init(path: String) throws(ShardError) {
    self.path = path
    let input = try Self.input(path)
    file = ParquetFileReader(input, path: path, settings: ReadSettings(), baseName: "")
    let footer: ParquetFooter
    do { footer = try ParquetFooter(input) } catch { throw Self.located(error, path) }
    self.footer = footer
    var first = 0
    for (index, group) in footer.groups.enumerated() where group.rowCount > 0 {
      groups.append((index, first))
      guard group.rowCount <= Self.maximumRowCount - first else {
        throw Self.located(.corrupt("more than \(Self.maximumRowCount) rows"), path)
      }
      first += group.rowCount
    }
    rowCount = first
    columns = footer.schema.fields.filter { Self.isList($0, footer.schema) }.map(\.name)
  }

  private static let maximumRowCount = 1 << 47

  /// The first byte of the row group that a row is in.
  package func byteOffset(ofRow number: Int) -> Int {
    precondition(number >= 0 && number < rowCount, "no such row")
    return footer.groups[groups[group(of: number)].index].start
  }

  /// The lists of a row, in the order of `columns`; nil for a null.
  package func row(_ number: Int) throws(ShardError) -> [[Int]?] {
    precondition(number >= 0 && number < rowCount, "no such row")
    do {
      let end = open.map { groups[$0.group].firstRow + rowCount(ofGroup: $0.group) } ?? 0
      if open == nil || number < nextRow || number >= end { try openGroup(of: number) }
      while nextRow < number { _ = try readRow() }
      return try readRow()
    } catch {
      open = nil
      throw Self.located(error, path)
    }
  }

  /// Reads all rows, and checks that no row group holds more than it declares.
  package func verify() throws(ShardError) {
    do {
      for group in groups.indices {
        try openGroup(of: groups[group].firstRow)
        for _ in 0..<rowCount(ofGroup: group) { _ = try readRow() }
        try open?.rows.finish()
      }
    } catch {
      open = nil
      throw Self.located(error, path)
    }
    open = nil
  }

  private func rowCount(ofGroup group: Int) -> Int {
    footer.groups[groups[group].index].rowCount
  }

  private func group(of row: Int) -> Int {
    var (low, high) = (0, groups.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if groups[middle].firstRow <= row { low = middle } else { high = middle - 1 }
    }
    return low
  }

  private func openGroup(of row: Int) throws(ParquetFault) {
    let group = group(of: row)
    // The pages of the group before go first.
    open = nil
    open = (group, try file.rows(footer, groups[group].index))
    nextRow = groups[group].firstRow
  }

  private func readRow() throws(ParquetFault) -> [[Int]?] {
    guard let (group, held) = open else { return [] }
    var rows = held
    // Held once, so that the pages in it are not copied.
    open = nil
    try rows.startRow()
    var lists: [[Int]?] = []
    for field in footer.schema.fields {
      let value = try rows.value(of: field)
      guard Self.isList(field, footer.schema) else { continue }
      if case .integers(let numbers) = value { lists.append(numbers) } else { lists.append(nil) }
    }
    open = (group, rows)
    nextRow += 1
    return lists
  }

  private static func input(_ path: String) throws(ShardError) -> ParquetInput {
    do { return .file(try RandomAccessFile(path: path)) } catch {
      throw ShardError(kind: .cannotOpen, path: path, byteOffset: 0, message: error.reason)
    }
  }

  private static func isList(_ field: ParquetField, _ schema: ParquetSchema) -> Bool {
    guard case .list(let element, _) = field.shape, element.isLeaf else { return false }
    switch schema.columns[element.columns.lowerBound].format {
    case .signed32, .signed64, .unsigned32, .unsigned64: return true
    default: return false
    }
  }

  private static func located(_ fault: ParquetFault, _ path: String) -> ShardError {
    ShardError(
      kind: fault.kind, path: path, byteOffset: fault.byteOffset ?? 0,
      message: fault.message + "; write the file again")
  }
}
