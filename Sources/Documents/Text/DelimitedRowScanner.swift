internal import ByteKernels

/// Finds the cells of one row of CSV or TSV, as more and more of its bytes come in.
///
/// The grammar is RFC 4180 as Python's `csv` reads it: a quote counts at the beginning of a cell
/// only, two quotes inside quotes are one, what follows a closing quote belongs to the cell as it
/// stands, and a row ends with LF, CR or CRLF.
struct DelimitedRowScanner {
  struct Cell: Equatable {
    /// The cell as it stands in the row, quotes included.
    var range: Range<Int>
    /// True when quotes must be undone to get at the text.
    var isQuoted: Bool
  }

  enum Outcome: Equatable {
    /// The row takes `byteCount` bytes with its end.
    case row(byteCount: Int)
    case needsMore
    /// A quote is open where the shard, or the line that had to close it, ends.
    case unclosedQuote
  }

  private enum State {
    case cellStart, unquoted, quoted, behindQuote, carriageReturn
  }

  /// More cells than so many are not kept.
  static let maximumCellCount = 1 << 20

  /// The cells of the row found last; of one with more than the maximum, one more than that.
  private(set) var cells: [Cell] = []
  private let delimiter: UInt8
  private var state = State.cellStart
  private var position = 0
  private var cellStart = 0
  private var isQuoted = false

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  init(delimiter: UInt8) {
    self.delimiter = delimiter
  }

  var isInsideQuotes: Bool { state == .quoted }
  /// How many bytes have been looked at.
  var scannedByteCount: Int { position }

  /// Begins with a new row, the first cell of which begins at `start`.
  mutating func begin(at start: Int = 0) {
    cells.removeAll(keepingCapacity: true)
    (state, position, cellStart, isQuoted) = (.cellStart, start, start, false)
  }

  /// Goes on with the same bytes as before and what has come in behind them.
  ///
  /// With `isLineBound` a quote must be closed before the line ends.
  mutating func scan(_ bytes: Span<UInt8>, isAtEnd: Bool, isLineBound: Bool) -> Outcome {
    while position < bytes.count {
      let byte = bytes[position]
      switch state {
      case .carriageReturn:
        return .row(byteCount: byte == Self.lineFeed ? position + 1 : position)
      case .quoted:
        guard let quote = closingQuote(bytes, isLineBound: isLineBound) else {
          return isLineBound && position < bytes.count || isAtEnd ? .unclosedQuote : .needsMore
        }
        position = quote
        state = .behindQuote
      case .behindQuote where byte == Self.quote:
        state = .quoted
      case .cellStart where byte == Self.quote:
        state = .quoted
        isQuoted = true
      case .cellStart, .unquoted, .behindQuote:
        if byte == delimiter {
          endCell()
          state = .cellStart
        } else if byte == Self.lineFeed {
          endCell()
          return .row(byteCount: position + 1)
        } else if byte == Self.carriageReturn {
          endCell()
          state = .carriageReturn
        } else {
          state = .unquoted
        }
      }
      position += 1
    }
    guard isAtEnd else { return .needsMore }
    if state == .quoted { return .unclosedQuote }
    if state != .carriageReturn { endCell() }
    return .row(byteCount: position)
  }

  /// Moves to the next quote; nil, and to the line's or the bytes' end, when none comes first.
  private mutating func closingQuote(_ bytes: Span<UInt8>, isLineBound: Bool) -> Int? {
    let quote = bytes.firstOffset(of: Self.quote, from: position)
    if isLineBound, let line = bytes.firstOffset(of: Self.lineFeed, from: position),
      line < quote ?? bytes.count
    {
      position = line
      return nil
    }
    if quote == nil { position = bytes.count }
    return quote
  }

  private mutating func endCell() {
    if cells.count <= Self.maximumCellCount {
      cells.append(Cell(range: cellStart..<position, isQuoted: isQuoted))
    }
    cellStart = position + 1
    isQuoted = false
  }

  /// The text of a cell.
  static func text(of cell: Cell, in row: Span<UInt8>) -> [UInt8] {
    let raw = row.extracting(cell.range)
    guard cell.isQuoted else { return [UInt8](copying: raw) }
    var text: [UInt8] = []
    text.reserveCapacity(raw.count)
    var position = 1
    while let end = raw.firstOffset(of: quote, from: position) {
      text.append(copying: raw.extracting(position..<end))
      position = end + 1
      guard position < raw.count, raw[position] == quote else { break }
      text.append(quote)
      position += 1
    }
    text.append(copying: raw.extracting(position...))
    return text
  }
}
