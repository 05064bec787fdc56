import ByteKernels
import TestSupport

/// Compressed bytes and WARC records for tests.
enum Packing: CaseIterable, Sendable {
  case plain, gzip, zstd, bzip2, xz, lz4

  static let compressed = allCases.filter { $0 != .plain }

  /// How many bytes tell a unit.
  var magicByteCount: Int { self == .xz ? 6 : self == .gzip ? 3 : 4 }

  /// One gzip member, zstd frame, ...
  func unit(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    switch self {
    case .plain: output = bytes
    case .gzip:
      let encoder = GzipEncoder()
      encoder.encode(bytes.span, into: &output)
      encoder.finishMember(into: &output)
    case .zstd:
      let encoder = ZstdEncoder()
      encoder.encode(bytes.span, into: &output)
      encoder.finishFrame(into: &output)
    case .bzip2: output = Compressor.bzip2.unit(bytes)
    case .xz: output = Compressor.xz.unit(bytes)
    case .lz4: output = Compressor.lz4.unit(bytes)
    }
    return output
  }

  /// One unit for each text.
  func units(_ texts: [String]) -> [UInt8] {
    texts.flatMap { unit(Array($0.utf8)) }
  }

  /// A WARC record; its length is right unless another is given.
  static func warc(
    _ type: String, _ block: String, id: String = "", fields: [String] = [], length: Int? = nil,
    lineEnd: String = "\r\n", version: String = "WARC/1.0"
  ) -> String {
    var lines = [version, "WARC-Type: \(type)"]
    if !id.isEmpty { lines.append("WARC-Record-ID: <urn:uuid:\(id)>") }
    lines += fields
    lines.append("Content-Length: \(length ?? block.utf8.count)")
    let header = lines.map { $0 + lineEnd }.joined()
    return header + lineEnd + block + lineEnd + lineEnd
  }

  static func page(_ body: String, head: String = "Content-Type: text/html\r\n") -> String {
    "HTTP/1.1 200 OK\r\n\(head)\r\n\(body)"
  }
}
