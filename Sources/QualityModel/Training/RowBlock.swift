/// Training rows, packed: which features each text has and how often, most of which are zero.
///
/// Entry `j` of a row has the value `count / divisor`. Rows follow one another without gaps, all numbers
/// little-endian and not aligned:
///
///     0    f64   divisor
///     8    u32   bytes of the row
///     12   u32   columns n
///     16   u32   columns m whose count is above 1
///     20   u8    width of the low parts of the n columns, in bytes (see `ColumnList`)
///     21   u8    width of the low parts of the m columns
///     22   u8    width of the surplus counts: 1, 2 or 4 bytes
///     23   u8    0
///     24         all columns; the m columns; m numbers: count - 1
///
/// A binary text of a thousand terms among 2^18 features takes 1.2 bytes a term.
package struct RowBlock: Sendable {
  static let headerByteCount = 24

  /// Columns are below this.
  let columnCount: Int
  private(set) var bytes: [UInt8]
  private(set) var rowCount: Int
  private(set) var entryCount: Int
  /// Columns of the row that has most.
  private(set) var longestRow: Int

  init(columnCount: Int) {
    self.init(columnCount: columnCount, bytes: [], rowCount: 0, entryCount: 0, longestRow: 0)
  }

  init(columnCount: Int, bytes: [UInt8], rowCount: Int, entryCount: Int, longestRow: Int) {
    self.columnCount = columnCount
    self.bytes = bytes
    self.rowCount = rowCount
    self.entryCount = entryCount
    self.longestRow = longestRow
  }

  /// Adds the rows of another block with the same columns.
  mutating func append(_ other: RowBlock) {
    precondition(other.columnCount == columnCount, "blocks over the same features")
    bytes += other.bytes
    rowCount += other.rowCount
    entryCount += other.entryCount
    longestRow = max(longestRow, other.longestRow)
  }

  /// The same rows in as much memory as they need.
  func trimmed() -> RowBlock {
    RowBlock(
      columnCount: columnCount, bytes: Array(bytes[...]), rowCount: rowCount,
      entryCount: entryCount, longestRow: longestRow)
  }

  /// Adds the row that `fill` writes the bytes of; `columns` are all it has.
  mutating func appendRow(columnCount columns: Int, _ fill: (inout [UInt8]) -> Void) {
    fill(&bytes)
    rowCount += 1
    entryCount += columns
    longestRow = max(longestRow, columns)
  }
}
