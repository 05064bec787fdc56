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

  private let file: OutputFile
  private let packing: Packing
  private var json: [UInt8] = []
  private var packed: [UInt8] = []
  private var openByteCount = 0

  /// `level` is zstd's; gzip has one level.
  package init(path: String, level: Int = 3) throws(FileError) {
    file = try OutputFile(path: path)
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

  /// Completes the file and gives it its name; nothing can be written after.
  package func publish() throws(FileError) -> OutputFile.Published {
    if openByteCount > 0 || documentCount == 0 { finishUnit() }
    try flush()
    return try file.publish()
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
