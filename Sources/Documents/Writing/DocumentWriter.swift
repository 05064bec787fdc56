package import ByteKernels

/// Writes documents as JSON lines with dolma's field names; the file appears when it is published.
///
/// The compression follows the ending of the name: `.zst`, `.gz`, else none. A zstd frame or gzip
/// member ends at the first document end behind `unitByteCount` bytes, so a part of a file can be
/// read alone, and a damaged place costs no more than its unit.
package final class DocumentWriter {
  private enum Packing {
    case plain
    case zstd(ZstdEncoder)
    case gzip(GzipEncoder)
  }

  /// A frame or member ends at the first document end behind so many bytes of JSON.
  package static let unitByteCount = 8 << 20

  package private(set) var documentCount = 0
  /// Bytes of text in the documents, without names and metadata.
  package private(set) var textByteCount = 0

  /// Lines are handed on in parts of about so many bytes.
  private static let lineByteCount = 1 << 18

  private let file: OutputFile
  private let packing: Packing
  private var json: [UInt8] = []
  private var packed: [UInt8] = []
  private var lines = ByteBuffer(capacity: 1 << 19)
  private var openByteCount = 0

  /// `level` is zstd's; gzip has one level.
  package init(path: String, level: Int = 3, isChecksummed: Bool = true) throws(FileError) {
    file = try OutputFile(path: path, isChecksummed: isChecksummed)
    packing =
      if path.hasSuffix(".zst") {
        .zstd(ZstdEncoder(level: level))
      } else if path.hasSuffix(".gz") {
        .gzip(GzipEncoder())
      } else {
        .plain
      }
  }

  package func write(_ document: Document) throws(FileError) {
    json.removeAll(keepingCapacity: true)
    document.appendJSON(to: &json)
    json.append(UInt8(ascii: "\n"))
    switch packing {
    case .plain: try file.write(json)
    case .zstd(let encoder): encoder.encode(json.span, into: &packed)
    case .gzip(let encoder): encoder.encode(json.span, into: &packed)
    }
    documentCount += 1
    textByteCount += document.text.count
    openByteCount += json.count
    if openByteCount >= Self.unitByteCount { finishUnit() }
    try flush()
  }

  /// Writes lines of documents that `append` adds to a buffer, until it adds none.
  ///
  /// It is given the byte count behind which the next end of a document is to end its part.
  package func writeLines(
    _ append: (inout ByteBuffer, _ byteCount: Int) -> RespelledDocuments
  ) throws(FileError) {
    while true {
      let rest = Self.unitByteCount - openByteCount
      let documents = append(&lines, min(rest, Self.lineByteCount))
      if documents.documentCount == 0 { return }
      try pack(lines)
      documentCount += documents.documentCount
      textByteCount += documents.textByteCount
      openByteCount += lines.count
      lines.consume(lines.count)
      if openByteCount >= Self.unitByteCount { finishUnit() }
      try flush()
    }
  }

  /// Completes the file and gives it its name; nothing can be written after.
  package func publish() throws(FileError) -> OutputFile.Published {
    if openByteCount > 0 || documentCount == 0 { finishUnit() }
    try flush()
    return try file.publish()
  }

  private func pack(_ lines: borrowing ByteBuffer) throws(FileError) {
    switch packing {
    case .plain: try file.write(lines.bytes)
    case .zstd(let encoder): encoder.encode(lines.bytes, into: &packed)
    case .gzip(let encoder): encoder.encode(lines.bytes, into: &packed)
    }
  }

  private func finishUnit() {
    switch packing {
    case .plain: break
    case .zstd(let encoder): encoder.finishFrame(into: &packed)
    case .gzip(let encoder): encoder.finishMember(into: &packed)
    }
    openByteCount = 0
  }

  private func flush() throws(FileError) {
    guard !packed.isEmpty else { return }
    try file.write(packed)
    packed.removeAll(keepingCapacity: true)
  }
}
