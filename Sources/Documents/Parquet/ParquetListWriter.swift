package import ByteKernels

/// Writes rows of lists of 32-bit integers as Parquet; the file appears when it is published.
package final class ParquetListWriter {
  /// A row group ends at the first row end behind so many uncompressed bytes.
  package static let rowGroupByteCount = 16 << 20

  package var rowCount: Int { writer.rowCount }

  private let writer: ParquetRowWriter

  /// One column a name.
  package convenience init(path: String, columns: [String]) throws(FileError) {
    try self.init(path: path, columns: columns, rowGroupByteCount: Self.rowGroupByteCount)
  }

  init(path: String, columns: [String], rowGroupByteCount: Int) throws(FileError) {
    writer = try ParquetRowWriter(
      path: path, columns.map { ParquetColumnWriter($0, .integers) }, schemaName: "schema",
      level: 3, rowGroupByteCount: rowGroupByteCount)
  }

  /// Adds a row; of negative numbers the bit patterns are given.
  package func append(_ lists: [[UInt32]]) throws(FileError) {
    for (column, list) in lists.enumerated() { writer.append(list: list, to: column) }
    try writer.endRow()
  }

  /// Completes the file and gives it its name; nothing can be written after.
  package func publish() throws(FileError) -> OutputFile.Published { try writer.publish() }
}
