package import ByteKernels

/// Writes documents as JSON lines with dolma's field names, or as bare text.
///
/// The compression follows the ending of the name: `.zst`, `.gz`, else none. A zstd frame or gzip
/// member ends at the first document end behind `unitByteCount` bytes.
package final class DocumentWriter: DocumentSink {
  /// A frame or member ends at the first document end behind so many bytes of JSON.
  package static let unitByteCount = 8 << 20

  package var documentCount: Int { encoder.documentCount }
  /// Bytes of text in the documents, without names and metadata.
  package var textByteCount: Int { encoder.textByteCount }

  private let file: OutputFile
  private let encoder: DocumentEncoder

  /// `level` is zstd's; gzip has one level.
  package init(
    path: String, form: DocumentEncoder.Form = .jsonLines, level: Int = 3
  ) throws(FileError) {
    file = try OutputFile(path: path)
    encoder = DocumentEncoder(
      form: form, compression: OutputCompression(path: path), level: level)
  }

  package func write(_ document: Document) throws(FileError) {
    encoder.append(document)
    if encoder.openByteCount >= Self.unitByteCount { encoder.finishUnit() }
    try encoder.flush(to: file)
  }

  package func publish() throws(FileError) -> OutputFile.Published {
    if encoder.openByteCount > 0 || documentCount == 0 { encoder.finishUnit() }
    try encoder.flush(to: file)
    return try file.publish()
  }
}
