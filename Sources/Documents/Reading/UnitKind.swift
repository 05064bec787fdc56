internal import ByteKernels

/// The kinds of units that compressed files are made of, and the bytes each begins with.
enum UnitKind: CaseIterable {
  case gzip, zstd, bzip2, xz, lzma, lz4

  var unitName: String {
    switch self {
    case .gzip: "gzip member"
    case .zstd: "zstd frame"
    case .bzip2: "bzip2 stream"
    case .xz: "xz stream"
    case .lzma: "lzma stream"
    case .lz4: "lz4 frame"
    }
  }

  /// How the names of such files end, in lower case.
  var nameEndings: [String] {
    switch self {
    case .gzip: [".gz", ".gzip", ".bgz"]
    case .zstd: [".zst", ".zstd"]
    case .bzip2: [".bz2"]
    case .xz: [".xz"]
    case .lzma: [".lzma"]
    case .lz4: [".lz4"]
    }
  }

  /// How the names of tar archives in such files may end instead.
  var archiveEndings: [String] {
    switch self {
    case .gzip: [".tgz"]
    case .zstd: [".tzst"]
    case .bzip2: [".tbz", ".tbz2"]
    case .xz: [".txz"]
    case .lzma, .lz4: []
    }
  }

  /// What a file's name promises, whatever its bytes are.
  static func promised(by path: String) -> UnitKind? {
    let name = path.lowercased()
    return allCases.first { ($0.nameEndings + $0.archiveEndings).contains(where: name.hasSuffix) }
  }

  private static let skippableMagic: [UInt8] = [0x2A, 0x4D, 0x18]
  private static let bzip2Block: [UInt8] = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]
  private static let bzip2End: [UInt8] = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]

  private var magic: [UInt8] {
    switch self {
    case .gzip: [0x1F, 0x8B, 0x08]
    case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
    case .bzip2: Array("BZh".utf8)
    case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
    // The default properties and the low half of a dictionary size; no other part is fixed.
    case .lzma: [0x5D, 0x00, 0x00]
    case .lz4: [0x04, 0x22, 0x4D, 0x18]
    }
  }

  /// The kind of a file that begins with `head`; nil for plain bytes.
  static func of(head: Span<UInt8>) -> UnitKind? {
    allCases.first { $0.begins(head, at: 0) || $0 == .gzip && head.has($0.magic) }
  }

  /// The kind of the unit that begins at `offset`, of those with a magic number that is no chance.
  static func of(_ bytes: Span<UInt8>, at offset: Int) -> UnitKind? {
    allCases.first { $0 != .lzma && $0.begins(bytes, at: offset) }
  }

  /// True when a unit may begin at `offset`, by as many bytes as there are.
  func begins(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
    let isSkippable =
      (self == .zstd || self == .lz4) && bytes.has(Self.skippableMagic, at: offset + 1)
      && bytes[offset] & 0xF0 == 0x50
    if isSkippable { return true }
    guard bytes.has(magic, at: offset) else { return false }
    switch self {
    case .gzip: return offset + 3 >= bytes.count || bytes[offset + 3] & 0xE0 == 0
    case .bzip2:
      return offset + 3 < bytes.count && (0x31...0x39).contains(bytes[offset + 3])
        && (Self.isPrefix(Self.bzip2Block, of: bytes, at: offset + 4)
          || Self.isPrefix(Self.bzip2End, of: bytes, at: offset + 4))
    case .lzma:
      // The size is unknown (all ones) or below 256 GiB.
      guard offset + 12 < bytes.count else { return offset == 0 }
      let size = bytes.extracting((offset + 5)..<(offset + 13)).raw.load64(0)
      return size == UInt64.max || size < 1 << 38
    default: return true
    }
  }

  /// The offset of the first bytes at or after `start` that very likely begin a unit.
  ///
  /// Among random bytes this is wrong about once in 2 to the power of 33 bytes, and what is found
  /// wrongly does not decode. Nothing tells an lzma stream from other bytes.
  func first(in bytes: Span<UInt8>, from start: Int) -> Int? {
    if self == .lzma { return nil }
    let magic = magic
    var offset = start
    while let found = bytes.firstOffset(of: magic, from: offset) {
      guard found + ShardCodec.unitHeadByteCount <= bytes.count else { return nil }
      if isLikely(bytes, at: found) { return found }
      offset = found + 1
    }
    return nil
  }

  /// Looks at what follows the magic number, `ShardCodec.unitHeadByteCount` bytes in all.
  private func isLikely(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
    guard begins(bytes, at: offset) else { return false }
    switch self {
    case .gzip:
      let (extra, system) = (bytes[offset + 8], bytes[offset + 9])
      return extra & ~6 == 0 && (system <= 13 || system == 255)
    case .zstd: return bytes[offset + 4] & 0x08 == 0
    case .xz: return bytes[offset + 6] == 0 && [0, 1, 4, 10].contains(bytes[offset + 7])
    case .lz4:
      return bytes[offset + 4] & 0xC2 == 0x40 && bytes[offset + 5] & 0x8F == 0
        && bytes[offset + 5] >= 0x40
    case .bzip2, .lzma: return true
    }
  }

  private static func isPrefix(_ magic: [UInt8], of bytes: Span<UInt8>, at offset: Int) -> Bool {
    for index in magic.indices where offset + index < bytes.count {
      if bytes[offset + index] != magic[index] { return false }
    }
    return true
  }
}
