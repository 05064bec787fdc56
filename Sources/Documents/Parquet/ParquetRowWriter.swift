internal import ByteKernels

/// Writes the rows of a Parquet file, row group by row group; the file appears when it is published.
///
/// Pages of about 1 MiB are compressed with zstd as they fill, so what is in memory is one row group
/// compressed; the same rows give the same bytes.
final class ParquetRowWriter {
  private(set) var rowCount = 0

  private let file: OutputFile
  private let encoder: ZstdEncoder
  private let schemaName: String
  private let rowGroupByteCount: Int
  private var columns: [ParquetColumnWriter]
  private var footer = ParquetFooterWriter()
  private var groupRowCount = 0

  /// A row group ends at the first row end behind so many uncompressed bytes; `level` is zstd's.
  init(
    path: String, _ columns: [ParquetColumnWriter], schemaName: String, level: Int,
    rowGroupByteCount: Int
  ) throws(FileError) {
    file = try OutputFile(path: path)
    encoder = ZstdEncoder(level: level)
    self.columns = columns
    self.schemaName = schemaName
    self.rowGroupByteCount = rowGroupByteCount
    try file.write(ParquetFooter.magic)
  }

  /// Gives the open row its value of a column of strings; nil where there is none.
  func append(_ value: [UInt8]?, to column: Int) {
    columns[column].append(value?.span, encoder)
  }

  /// Gives the open row its list of a column of lists.
  func append(list: [UInt32], to column: Int) {
    columns[column].append(list: list.span, encoder)
  }

  /// Ends the open row, for which every column has been given its value.
  func endRow() throws(FileError) {
    rowCount += 1
    groupRowCount += 1
    if columns.reduce(0, { $0 + $1.byteCount }) >= rowGroupByteCount { try finishRowGroup() }
  }

  /// Completes the file and gives it its name; nothing can be written after.
  func publish() throws(FileError) -> OutputFile.Published {
    if groupRowCount > 0 { try finishRowGroup() }
    let footer = footer.bytes(columns: columns, rowCount: rowCount, schemaName: schemaName)
    try file.write(footer)
    var tail: [UInt8] = []
    tail.append(littleEndian: UInt32(footer.count))
    try file.write(tail + ParquetFooter.magic)
    return try file.publish()
  }

  private func finishRowGroup() throws(FileError) {
    var parts: [ParquetFooterWriter.Part] = []
    for index in columns.indices {
      columns[index].finishPage(encoder)
      parts.append(
        ParquetFooterWriter.Part(offset: file.byteCount, summary: columns[index].summary))
      try file.write(columns[index].pages)
      columns[index].reset()
    }
    footer.append(parts, rowCount: groupRowCount)
    groupRowCount = 0
  }
}
