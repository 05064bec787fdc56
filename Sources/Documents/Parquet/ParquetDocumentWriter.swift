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

  package var documentCount: Int { writer.rowCount }
  /// Bytes of text in the documents, without names and metadata.
  package private(set) var textByteCount = 0

  private let writer: ParquetRowWriter

  /// `level` is zstd's.
  package convenience init(path: String, level: Int = 3) throws(FileError) {
    try self.init(path: path, level: level, rowGroupByteCount: Self.rowGroupByteCount)
  }

  init(path: String, level: Int, rowGroupByteCount: Int) throws(FileError) {
    let columns = [
      ParquetColumnWriter("id", hasStatistics: true), ParquetColumnWriter("text"),
      ParquetColumnWriter("source"), ParquetColumnWriter("added", isOptional: true),
      ParquetColumnWriter("created", isOptional: true),
      ParquetColumnWriter("metadata", .json, isOptional: true),
    ]
    writer = try ParquetRowWriter(
      path: path, columns, schemaName: "documents", level: level,
      rowGroupByteCount: rowGroupByteCount)
  }

  package func write(_ document: Document) throws(FileError) {
    writer.append(Array(document.id.utf8), to: 0)
    writer.append(document.text, to: 1)
    writer.append(Array(document.source.utf8), to: 2)
    writer.append(document.added.map { Array($0.utf8) }, to: 3)
    writer.append(document.created.map { Array($0.utf8) }, to: 4)
    let members = document.metadata.members
    writer.append(
      members.isEmpty ? nil : [UInt8(ascii: "{")] + members + [UInt8(ascii: "}")], to: 5)
    textByteCount += document.text.count
    try writer.endRow()
  }

  package func publish() throws(FileError) -> OutputFile.Published { try writer.publish() }
}
