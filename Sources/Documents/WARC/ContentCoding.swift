internal import ByteKernels

/// Undoes HTTP's content encodings: gzip, deflate, brotli and zstd.
///
/// A body that is not in the encoding it declares is taken as it is, because crawlers often undo an
/// encoding and keep the header; so is one whose encoding has a name that HTTP does not know.
/// Brotli has no magic number: a body of UTF-8 text that is not one whole brotli stream is text.
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
    /// The body has come to more bytes than `maximumExpansion` allows.
    case expansionTooLarge(encodedByteCount: Int)
    case nestedTooDeep
  }

  /// No server stacks more encodings than this.
  private static let maximumEncodingCount = 5

  /// Registered encodings that are not read.
  private static let unsupported: Set<String> = [
    "compress", "x-compress", "exi", "pack200-gzip", "aes128gcm", "dcb", "dcz",
  ]

  /// Undoes the encodings listed in `header`, last one first.
  static func decode(
    _ body: [UInt8], header: String?, settings: ReadSettings
  ) throws(Failure) -> Decoded {
    var decoded = Decoded(body: body)
    let names = (header ?? "").lowercased().split { $0 == "," || $0 == " " || $0 == "\t" }
    var undoneCount = 0
    for name in names.reversed() {
      let packed = decoded.body
      let encoded = packed.span
      if unsupported.contains(String(name)) {
        if looksLikeMarkup(encoded) { continue }
        throw .unsupported(String(name))
      }
      guard let decoder = decoder(name, encoded, settings) else { continue }
      undoneCount += 1
      if undoneCount > min(settings.maximumNesting, maximumEncodingCount) { throw .nestedTooDeep }
      guard let result = try unpack(encoded, decoder, settings) else { continue }
      decoded = Decoded(body: result.body, isCutShort: decoded.isCutShort || result.isCutShort)
    }
    return decoded
  }

  private enum Decoder {
    case shard(ShardCodec)
    case brotli(BrotliDecoder)

    func decode(_ input: Span<UInt8>, into output: inout ByteBuffer, limit: Int) -> DecoderStep {
      switch self {
      case .shard(let codec): codec.decode(input, into: &output, limit: limit)
      case .brotli(let decoder): decoder.decode(input, into: &output, limit: limit)
      }
    }

    /// What follows the last unit is no part of the body; browsers ignore it too.
    func goesOn(_ body: Span<UInt8>, at offset: Int) -> Bool {
      if case .shard(let codec) = self { codec.beginsUnit(body, at: offset) } else { false }
    }

    var isBrotli: Bool {
      if case .brotli = self { true } else { false }
    }
  }

  private static func decoder(
    _ name: Substring, _ body: Span<UInt8>, _ settings: ReadSettings
  ) -> Decoder? {
    switch name {
    case "gzip", "x-gzip", "deflate":
      if body.has([0x1F, 0x8B, 0x08]) { return .shard(.gzip(GzipDecoder())) }
      guard name == "deflate", body.count >= 2, !looksLikeMarkup(body) else { return nil }
      let isZlib = body[0] & 0x0F == 8 && (Int(body[0]) << 8 | Int(body[1])) % 31 == 0
      return .shard(.gzip(GzipDecoder(wrapper: isZlib ? .zlib : .bare)))
    case "zstd":
      guard body.has([0x28, 0xB5, 0x2F, 0xFD]) else { return nil }
      return .shard(.zstd(ZstdDecoder(maximumWindowLog: settings.maximumWindowLog)))
    case "br": return body.isEmpty || looksLikeMarkup(body) ? nil : .brotli(BrotliDecoder())
    default: return nil
    }
  }

  /// Nil when the body turns out not to be encoded at all.
  private static func unpack(
    _ body: Span<UInt8>, _ decoder: Decoder, _ settings: ReadSettings
  ) throws(Failure) -> Decoded? {
    var output = ByteBuffer()
    var offset = 0
    while true {
      let step = decoder.decode(body.extracting(offset...), into: &output, limit: 1 << 16)
      offset += step.consumedByteCount
      if output.count > settings.maximumRecordByteCount { throw .tooLong }
      if output.count > settings.freeBodyExpansionByteCount,
        output.count / settings.maximumExpansion >= body.count
      {
        throw .expansionTooLarge(encodedByteCount: body.count)
      }
      switch step.outcome {
      case .needsSpace: continue
      case .finishedUnit:
        if decoder.goesOn(body, at: offset) { continue }
        if decoder.isBrotli, offset < body.count, isText(body) { return nil }
        return Decoded(body: [UInt8](copying: output.bytes))
      case .needsInput:
        if decoder.isBrotli, isText(body) { return nil }
        return Decoded(body: [UInt8](copying: output.bytes), isCutShort: true)
      case .failed(let failure):
        if decoder.isBrotli, isText(body) { return nil }
        throw .corrupt("\(failure)")
      }
    }
  }

  /// True for UTF-8 without the controls that no text holds.
  private static func isText(_ body: Span<UInt8>) -> Bool {
    for index in body.indices where body[index] < 0x09 { return false }
    return (try? UTF8Span(validating: body)) != nil
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
