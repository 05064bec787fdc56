internal import ByteKernels

/// Undoes HTTP's content encodings: gzip, deflate and zstd.
///
/// A body that is not in the encoding it declares is taken as it is, because crawlers often undo an
/// encoding and keep the header; so is one whose encoding has a name that HTTP does not know.
enum ContentCoding {
  struct Decoded {
    var body: [UInt8]
    /// True when the encoded body ends before its end, as one cut by the crawler does.
    var isCutShort = false
  }

  enum Failure: Error, Equatable {
    case unsupported(String)
    case corrupt(String)
    case tooLong
  }

  /// Registered encodings that are not read.
  private static let unsupported: Set<String> = [
    "br", "compress", "x-compress", "exi", "pack200-gzip", "aes128gcm", "dcb", "dcz",
  ]

  /// Undoes the encodings listed in `header`, last one first.
  static func decode(
    _ body: [UInt8], header: String?, settings: ReadSettings
  ) throws(Failure) -> Decoded {
    var decoded = Decoded(body: body)
    let names = (header ?? "").lowercased().split { $0 == "," || $0 == " " || $0 == "\t" }
    for name in names.reversed() {
      let packed = decoded.body
      let encoded = packed.span
      if unsupported.contains(String(name)) {
        if looksLikeMarkup(encoded) { continue }
        throw .unsupported(String(name))
      }
      guard let unpacker = unpacker(name, encoded, settings) else { continue }
      let result = try unpack(encoded, unpacker, settings.maximumRecordByteCount)
      decoded = Decoded(body: result.body, isCutShort: decoded.isCutShort || result.isCutShort)
    }
    return decoded
  }

  private static func unpacker(
    _ name: Substring, _ body: Span<UInt8>, _ settings: ReadSettings
  ) -> ShardCodec? {
    switch name {
    case "gzip", "x-gzip", "deflate":
      if body.has([0x1F, 0x8B, 0x08]) { return .gzip(GzipDecoder()) }
      guard name == "deflate", body.count >= 2, !looksLikeMarkup(body) else { return nil }
      let isZlib = body[0] & 0x0F == 8 && (Int(body[0]) << 8 | Int(body[1])) % 31 == 0
      return .gzip(GzipDecoder(wrapper: isZlib ? .zlib : .bare))
    case "zstd":
      guard body.has([0x28, 0xB5, 0x2F, 0xFD]) else { return nil }
      return .zstd(ZstdDecoder(maximumWindowLog: settings.maximumWindowLog))
    default: return nil
    }
  }

  private static func unpack(
    _ body: Span<UInt8>, _ codec: ShardCodec, _ maximumByteCount: Int
  ) throws(Failure) -> Decoded {
    var output = ByteBuffer()
    var offset = 0
    while true {
      let step = codec.decode(body.extracting(offset...), into: &output, limit: 1 << 16)
      offset += step.consumedByteCount
      if output.count > maximumByteCount { throw .tooLong }
      switch step.outcome {
      case .needsSpace: continue
      case .needsInput: return Decoded(body: [UInt8](copying: output.bytes), isCutShort: true)
      case .finishedUnit:
        // What follows the last unit is no part of the body; browsers ignore it too.
        if codec.beginsUnit(body, at: offset) { continue }
        return Decoded(body: [UInt8](copying: output.bytes))
      case .failed(let failure): throw .corrupt("\(failure)")
      }
    }
  }

  /// True when the first byte that is no space opens a tag and the next few are text.
  private static func looksLikeMarkup(_ body: Span<UInt8>) -> Bool {
    var offset = 0
    while offset < body.count, body[offset] <= 0x20, body[offset] >= 0x09 { offset += 1 }
    guard offset < body.count, body[offset] == UInt8(ascii: "<") else { return false }
    for position in offset..<min(body.count, offset + 32) where body[position] < 0x09 {
      return false
    }
    return true
  }
}
