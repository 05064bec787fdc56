internal import ByteKernels

/// The compression of a shard, told by its first bytes.
enum ShardCodec {
  case plain
  case gzip(GzipDecoder)
  case zstd(ZstdDecoder)
  case bzip2(Bzip2Decoder)
  case xz(XZDecoder)
  case lzma(XZDecoder)
  case lz4(LZ4Decoder)

  /// How many bytes are enough to tell.
  static let headByteCount = 13

  /// Tells the compression from the first bytes of a file; anything unknown is plain.
  ///
  /// Bytes that are no text, in a file whose name promises a compression, are a damaged beginning:
  /// the units behind it can still be found.
  init(head: Span<UInt8>, path: String, settings: ReadSettings) {
    let promised = Self.isText(head) ? nil : UnitKind.promised(by: path)
    self.init(UnitKind.of(head: head) ?? promised, settings)
  }

  /// The decoder for the unit of another kind that begins at `offset`: files of different
  /// compressions may follow one another, and the skippable frames of zstd and lz4 look alike.
  init?(changingAt offset: Int, _ bytes: Span<UInt8>, _ settings: ReadSettings) {
    guard let kind = UnitKind.of(bytes, at: offset) else { return nil }
    self.init(kind, settings)
  }

  private init(_ kind: UnitKind?, _ settings: ReadSettings) {
    switch kind {
    case nil: self = .plain
    case .gzip: self = .gzip(GzipDecoder())
    case .zstd: self = .zstd(ZstdDecoder(maximumWindowLog: settings.maximumWindowLog))
    case .bzip2: self = .bzip2(Bzip2Decoder())
    case .xz: self = .xz(XZDecoder(maximumWindowLog: settings.maximumWindowLog))
    case .lzma:
      self = .lzma(XZDecoder(format: .lzma, maximumWindowLog: settings.maximumWindowLog))
    case .lz4: self = .lz4(LZ4Decoder())
    }
  }

  /// False when there is a control character that no text begins with.
  private static func isText(_ head: Span<UInt8>) -> Bool {
    for index in 0..<min(head.count, 6) where head[index] < 0x09 { return false }
    return true
  }

  /// The name of a compression that is known but not read; nil for all others.
  static func unsupportedName(head: Span<UInt8>) -> String? {
    let unsupported: [(name: String, magic: [UInt8])] = [
      ("zip", [0x50, 0x4B, 0x03, 0x04]), ("lz4 in its legacy format", [0x02, 0x21, 0x4C, 0x18]),
      ("compress (.Z)", [0x1F, 0x9D]), ("lzip", Array("LZIP".utf8) + [1]),
    ]
    for (name, magic) in unsupported where head.has(magic) { return name }
    return nil
  }

  /// True when a file's name says that it is compressed.
  static func promisesCompression(path: String) -> Bool {
    UnitKind.promised(by: path) != nil
  }

  /// Nil for plain bytes.
  private var kind: UnitKind? {
    switch self {
    case .plain: nil
    case .gzip: .gzip
    case .zstd: .zstd
    case .bzip2: .bzip2
    case .xz: .xz
    case .lzma: .lzma
    case .lz4: .lz4
    }
  }

  /// What its pieces are called, each of which can be read without those before it.
  var unitName: String { kind?.unitName ?? "file" }

  /// True when a unit may begin at `offset`.
  func beginsUnit(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
    kind?.begins(bytes, at: offset) ?? false
  }

  /// How many bytes `beginsUnit` looks at.
  static let magicByteCount = 6

  /// How many bytes `firstUnit` looks at to tell a unit from chance.
  static let unitHeadByteCount = 10

  /// The offset of the first bytes at or after `start` that very likely begin a unit.
  func firstUnit(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    kind?.first(in: bytes, from: start)
  }

  /// True when a wrong length inside a damaged unit may swallow the units behind it, because no
  /// checksum guards the length before so many bytes have been read.
  var canSwallowUnits: Bool { kind == .lz4 || kind == .xz }

  /// True when so many zeros may stand between two units.
  func allowsPadding(byteCount: Int) -> Bool {
    if case .xz = self { byteCount % 4 == 0 } else { false }
  }

  func decode(_ input: Span<UInt8>, into output: inout ByteBuffer, limit: Int) -> DecoderStep {
    switch self {
    case .plain: preconditionFailure("plain bytes are read, not decoded")
    case .gzip(let decoder): decoder.decode(input, into: &output, limit: limit)
    case .zstd(let decoder): decoder.decode(input, into: &output, limit: limit)
    case .bzip2(let decoder): decoder.decode(input, into: &output, limit: limit)
    case .xz(let decoder), .lzma(let decoder):
      decoder.decode(input, into: &output, limit: limit)
    case .lz4(let decoder): decoder.decode(input, into: &output, limit: limit)
    }
  }

  /// Forgets a unit that is not at its end.
  func reset() {
    switch self {
    case .plain: break
    case .gzip(let decoder): decoder.reset()
    case .zstd(let decoder): decoder.reset()
    case .bzip2(let decoder): decoder.reset()
    case .xz(let decoder), .lzma(let decoder): decoder.reset()
    case .lz4(let decoder): decoder.reset()
    }
  }
}
