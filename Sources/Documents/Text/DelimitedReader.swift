internal import ByteKernels

/// Reads rows of cells: CSV and TSV.
///
/// A quote that is never closed costs the line it stands in; reading goes on behind that. Looking
/// for its partner takes time, so after many such quotes one must be closed within its line.
struct DelimitedReader {
  static let cutRule = CutRule.never("the quotes of a cell may hold line ends")

  private let settings: ReadSettings
  private let baseName: String
  private let delimiter: UInt8
  private var scanner: DelimitedRowScanner
  private var builder: DelimitedRecordBuilder?
  private var hasBegun = false
  private var isBehindDamage = false
  private let limit: Int
  /// How many bytes may still be looked at in vain.
  private var searchByteCount: Int

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  init(settings: ReadSettings, baseName: String, delimiter: UInt8) {
    self.settings = settings
    self.baseName = baseName
    self.delimiter = delimiter
    scanner = DelimitedRowScanner(delimiter: delimiter)
    limit = min(settings.maximumLineOrRecordByteCount, 1 << 40)
    searchByteCount = 16 * limit
  }

  mutating func next(_ stream: inout ShardStream) -> ReadEvent? {
    if builder == nil, settings.hasColumnNames, stream.byteOffset > 0, !hasBegun {
      return refuse(&stream, "the row of column names is lost; repair the beginning of the file")
    }
    if isBehindDamage {
      isBehindDamage = false
      let message = "what a damaged place has left of a row"
      if let event = passLine(&stream, .cutByDamage, message) { return event }
    }
    if stream.availableByteCount == 0, !stream.fill() { return finish(&stream) }
    _ = stream.byteOffset > 0 || stream.fill(toAtLeast: Self.byteOrderMark.count)
    hasBegun = true
    scanner.begin(at: stream.byteOffset == 0 && stream.bytes.has(Self.byteOrderMark) ? 3 : 0)
    while true {
      switch scan(stream, isAtEnd: false) {
      case .row(let byteCount): return readRow(&stream, byteCount)
      case .unclosedQuote: return giveUpLine(&stream)
      case .needsMore: break
      }
      if stream.availableByteCount > limit { return giveUpLine(&stream) }
      if stream.fill() { continue }
      guard case .ended? = stream.interruption else { return finish(&stream) }
      guard case .row(let byteCount) = scan(stream, isAtEnd: true) else {
        return giveUpLine(&stream)
      }
      return readRow(&stream, byteCount)
    }
  }

  private mutating func scan(
    _ stream: borrowing ShardStream, isAtEnd: Bool
  ) -> DelimitedRowScanner.Outcome {
    let bytes = stream.bytes.extracting(0..<min(limit + 1, stream.availableByteCount))
    return scanner.scan(bytes, isAtEnd: isAtEnd, isLineBound: searchByteCount <= 0)
  }

  private mutating func readRow(_ stream: inout ShardStream, _ byteCount: Int) -> ReadEvent {
    if scanner.cells.count == 1, scanner.cells[0].range.isEmpty {
      stream.consume(byteCount)
      return .skipped(kind: "blank-line", byteCount: byteCount)
    }
    if builder == nil {
      guard scanner.cells.count <= DelimitedRowScanner.maximumCellCount else {
        return refuse(
          &stream,
          "more than \(DelimitedRowScanner.maximumCellCount) columns; check what separates the cells",
          kind: .unsupportedFeature)
      }
      let names = columnNames(stream)
      builder = DelimitedRecordBuilder(columns: names, settings: settings, baseName: baseName)
      if builder == nil {
        let message =
          "no column \"\(settings.textField)\" among \(ShardError.list(names)); "
          + "name the one that holds the text with --text-field"
        return refuse(&stream, message)
      }
      if settings.hasColumnNames {
        stream.consume(byteCount)
        return .skipped(kind: "column-names", byteCount: byteCount)
      }
    }
    let event = event(stream, byteCount)
    stream.consume(byteCount)
    return event
  }

  private func event(_ stream: borrowing ShardStream, _ byteCount: Int) -> ReadEvent {
    let (cells, place) = (scanner.cells, stream.place)
    guard let builder, cells.count == builder.columnCount else {
      let columnCount = builder?.columnCount ?? 0
      let isWhole = cells.count <= DelimitedRowScanner.maximumCellCount
      let count = isWhole ? "\(cells.count)" : "\(cells.count) or more"
      return .malformed(
        Malformed(
          kind: cells.count < columnCount ? .tooFewCells : .tooManyCells, place: place,
          byteCount: byteCount,
          message: "a row of \(count) cells under \(columnCount) columns"))
    }
    return .record(
      builder.record(cells, in: stream.bytes, place: place, byteCount: byteCount))
  }

  /// The cells of the first row, or the numbers of the columns.
  private func columnNames(_ stream: borrowing ShardStream) -> [String] {
    var names: [String] = []
    for (index, cell) in scanner.cells.enumerated() {
      let name = DelimitedRowScanner.text(of: cell, in: stream.bytes)
      names.append(settings.hasColumnNames ? String(repairing: name.span) : "\(index + 1)")
    }
    return names
  }

  /// Nothing can be read without knowing the columns.
  private mutating func refuse(
    _ stream: inout ShardStream, _ message: String, kind: ShardError.Code = .noTextColumn
  ) -> ReadEvent {
    hasBegun = true
    let error = ShardError(kind: kind, path: stream.path, byteOffset: 0, message: message)
    return .damaged(error, lostByteCount: stream.abandon())
  }

  /// Counts the line in which a row that has no end begins.
  private mutating func giveUpLine(_ stream: inout ShardStream) -> ReadEvent? {
    let (start, scannedByteCount) = (stream.byteOffset, scanner.scannedByteCount)
    // What stands behind the line has been looked at in vain.
    defer { searchByteCount -= max(0, scannedByteCount - (stream.byteOffset - start)) }
    guard scanner.isInsideQuotes else {
      let cause: Malformed.Cause =
        limit < settings.maximumRecordByteCount ? .lineTooLong : .tooLong
      return passLine(&stream, cause, "a row above the maximum of \(limit) bytes")
    }
    return passLine(&stream, .unclosedQuote, "a quote that is never closed")
  }

  /// Passes over the rest of a line without holding it; nil when nothing was left of it.
  private mutating func passLine(
    _ stream: inout ShardStream, _ cause: Malformed.Cause, _ message: String
  ) -> ReadEvent? {
    let mark = stream.mark
    while true {
      if let end = stream.bytes.firstOffset(of: UInt8(ascii: "\n")) {
        stream.consume(end + 1)
        break
      }
      stream.consume(stream.availableByteCount)
      if !stream.fill() { break }
    }
    let byteCount = stream.byteOffset - mark.byteOffset
    guard byteCount > 0 else { return nil }
    return .malformed(
      Malformed(kind: cause, place: mark.place, byteCount: byteCount, message: message))
  }

  private mutating func finish(_ stream: inout ShardStream) -> ReadEvent? {
    let (interruption, pendingByteCount) = stream.passInterruption()
    guard case .damaged(let error, let lostByteCount) = interruption else { return nil }
    isBehindDamage = true
    return .damaged(error, lostByteCount: lostByteCount + pendingByteCount)
  }
}
