package import ByteKernels

/// Writes documents as Parquet; the file appears when it is published.
///
/// The columns are dolma's fields: `id`, `text` and `source` are strings, `added` and `created`
/// strings or null, `metadata` a JSON object as a string, or null where a document has none. Pages
/// of about 1 MiB are compressed with zstd as they fill, so what is in memory is one row group
/// compressed; the same documents give the same bytes.
///
/// A page ends behind the value that fills it. With a text of 768 MiB, which needs a raised
/// maximum-record-bytes, it is larger than `ParquetReader` accepts
/// (`ParquetColumnReader.maximumPageByteCount`); other programs read it.
package final class ParquetDocumentWriter: DocumentSink {
  /// A row group ends at the first document end behind so many uncompressed bytes.
  package static let rowGroupByteCount = 128 << 20

  package private(set) var documentCount = 0
  /// Bytes of text in the documents, without names and metadata.
  package private(set) var textByteCount = 0

  private let file: OutputFile
  private let encoder: ZstdEncoder
  private let rowGroupByteCount: Int
  private var columns = [
    ParquetColumnWriter("id", hasStatistics: true), ParquetColumnWriter("text"),
    ParquetColumnWriter("source"), ParquetColumnWriter("added", isOptional: true),
    ParquetColumnWriter("created", isOptional: true),
    ParquetColumnWriter("metadata", isOptional: true),
  ]
  private var footer = ParquetFooterWriter()
  private var rowCount = 0

  /// `level` is zstd's.
  package convenience init(path: String, level: Int = 3) throws(FileError) {
    try self.init(path: path, level: level, rowGroupByteCount: Self.rowGroupByteCount)
  }

  init(path: String, level: Int, rowGroupByteCount: Int) throws(FileError) {
    file = try OutputFile(path: path)
    encoder = ZstdEncoder(level: level)
    self.rowGroupByteCount = rowGroupByteCount
    try file.write(ParquetFooter.magic)
  }

  package func write(_ document: Document) throws(FileError) {
    append(0, Array(document.id.utf8))
    append(1, document.text)
    append(2, Array(document.source.utf8))
    append(3, document.added.map { Array($0.utf8) })
    append(4, document.created.map { Array($0.utf8) })
    let members = document.metadata.members
    append(5, members.isEmpty ? nil : [UInt8(ascii: "{")] + members + [UInt8(ascii: "}")])
    rowCount += 1
    documentCount += 1
    textByteCount += document.text.count
    if columns.reduce(0, { $0 + $1.byteCount }) >= rowGroupByteCount { try finishRowGroup() }
  }

  /// Completes the file and gives it its name; nothing can be written after.
  package func publish() throws(FileError) -> OutputFile.Published {
    if rowCount > 0 { try finishRowGroup() }
    let footer = footer.bytes(columns: columns, rowCount: documentCount)
    try file.write(footer)
    var tail: [UInt8] = []
    tail.append(littleEndian: UInt32(footer.count))
    try file.write(tail + ParquetFooter.magic)
    return try file.publish()
  }

  private func append(_ column: Int, _ value: [UInt8]?) {
    columns[column].append(value?.span, encoder)
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
    footer.append(parts, rowCount: rowCount)
    rowCount = 0
  }
}
