internal import ByteKernels

/// The compression of a shard, told by its first bytes.
enum ShardCodec {
  case plain
  case gzip(GzipDecoder)
  case zstd(ZstdDecoder)

  /// How many bytes are enough to tell.
  static let headByteCount = 6
  private static let gzipMagic: [UInt8] = [0x1F, 0x8B, 0x08]
  private static let zstdMagic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
  private static let skippableMagic: [UInt8] = [0x2A, 0x4D, 0x18]
  private static let unsupported: [(name: String, magic: [UInt8])] = [
    ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]), ("bzip2", Array("BZh".utf8)),
    ("lz4", [0x04, 0x22, 0x4D, 0x18]), ("zip", [0x50, 0x4B, 0x03, 0x04]),
  ]

  /// Tells the compression from the first bytes of a file; anything unknown is plain.
  ///
  /// Bytes that are no text, in a file whose name promises a compression, are a damaged beginning:
  /// the units behind it can still be found.
  init(head: Span<UInt8>, path: String, settings: ReadSettings) {
    if head.has(Self.gzipMagic) {
      self = .gzip(GzipDecoder())
    } else if Self.beginsZstd(head, at: 0) {
      self = .zstd(ZstdDecoder(maximumWindowLog: settings.maximumWindowLog))
    } else if Self.isText(head) {
      self = .plain
    } else if path.hasSuffix(".gz") {
      self = .gzip(GzipDecoder())
    } else if path.hasSuffix(".zst") {
      self = .zstd(ZstdDecoder(maximumWindowLog: settings.maximumWindowLog))
    } else {
      self = .plain
    }
  }

  /// False when there is a control character that no text begins with.
  private static func isText(_ head: Span<UInt8>) -> Bool {
    for index in head.indices where head[index] < 0x09 { return false }
    return true
  }

  /// The name of a compression that is known but not read; nil for all others.
  static func unsupportedName(head: Span<UInt8>) -> String? {
    for (name, magic) in unsupported where head.has(magic) { return name }
    return nil
  }

  /// What its pieces are called, each of which can be read without those before it.
  var unitName: String {
    switch self {
    case .plain: "file"
    case .gzip: "gzip member"
    case .zstd: "zstd frame"
    }
  }

  /// True when a unit may begin at `offset`.
  func beginsUnit(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
    switch self {
    case .plain: false
    case .gzip:
      bytes.has(Self.gzipMagic, at: offset) && offset + 3 < bytes.count
        && bytes[offset + 3] & 0xE0 == 0
    case .zstd: Self.beginsZstd(bytes, at: offset)
    }
  }

  /// How many bytes `firstUnit` looks at to tell a unit from chance.
  static let unitHeadByteCount = 10

  /// The offset of the first bytes at or after `start` that very likely begin a unit.
  ///
  /// Among random bytes this is wrong about once in 2 to the power of 33 bytes, and what is found
  /// wrongly does not decode.
  func firstUnit(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var offset = start
    while true {
      switch self {
      case .plain: return nil
      case .gzip:
        guard let found = bytes.firstOffset(of: Self.gzipMagic, from: offset) else { return nil }
        guard found + Self.unitHeadByteCount <= bytes.count else { return nil }
        let (extra, system) = (bytes[found + 8], bytes[found + 9])
        if beginsUnit(bytes, at: found), extra & ~6 == 0, system <= 13 || system == 255 {
          return found
        }
        offset = found + 1
      case .zstd:
        guard let found = bytes.firstOffset(of: Self.zstdMagic, from: offset) else { return nil }
        guard found + Self.unitHeadByteCount <= bytes.count else { return nil }
        if bytes[found + 4] & 0x08 == 0 { return found }
        offset = found + 1
      }
    }
  }

  func decode(_ input: Span<UInt8>, into output: inout ByteBuffer, limit: Int) -> DecoderStep {
    switch self {
    case .plain: preconditionFailure("plain bytes are read, not decoded")
    case .gzip(let decoder): decoder.decode(input, into: &output, limit: limit)
    case .zstd(let decoder): decoder.decode(input, into: &output, limit: limit)
    }
  }

  /// Forgets a unit that is not at its end.
  func reset() {
    switch self {
    case .plain: break
    case .gzip(let decoder): decoder.reset()
    case .zstd(let decoder): decoder.reset()
    }
  }

  private static func beginsZstd(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
    if bytes.has(zstdMagic, at: offset) { return true }
    return bytes.has(skippableMagic, at: offset + 1) && bytes[offset] & 0xF0 == 0x50
  }
}
