internal import ByteKernels

/// One copy of a document on its way to its shard.
///
/// A header of 48 bytes, little-endian, stands before its bytes as they were encoded
/// (``EncodedEntry``):
///
///     0 u64 key   8 u64 its second number   16 u64 bytes of text   24 u32 tokens
///     28 u32 tokens that are not of the text   32 u32 bytes of origin and labels   36 u8 part
///     37 u8 1 with a loss mask   38 u8 1 for a copy that is not the first   39 nine bytes of 0
struct OrderedHeader: Sendable, Equatable {
  var part: UInt8
  var key: OrderKey
  var textByteCount: Int
  var tokenCount: Int
  var boundaryTokenCount: Int
  var originByteCount: Int
  var hasLossMask: Bool
  var isRepeated: Bool

  static let byteCount = 48

  init(_ entry: EncodedEntry, key: OrderKey, isRepeated: Bool) {
    part = entry.facts.part.number
    self.key = key
    textByteCount = entry.facts.textByteCount
    tokenCount = entry.tokenCount
    boundaryTokenCount = entry.facts.boundaryTokenCount
    originByteCount = entry.originByteCount
    hasLossMask = entry.hasLossMask
    self.isRepeated = isRepeated
  }

  /// Takes at least 48 bytes.
  init(_ bytes: RawSpan) {
    key = OrderKey(primary: bytes.load64(0), secondary: bytes.load64(8))
    textByteCount = Int(truncatingIfNeeded: bytes.load64(16))
    tokenCount = Int(bytes.load32(24))
    boundaryTokenCount = Int(bytes.load32(28))
    originByteCount = Int(bytes.load32(32))
    part = bytes.load8(36)
    hasLossMask = bytes.load8(37) == 1
    isRepeated = bytes.load8(38) == 1
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.byteCount)
    bytes.append(littleEndian: key.primary)
    bytes.append(littleEndian: key.secondary)
    bytes.append(littleEndian: UInt64(textByteCount))
    bytes.append(littleEndian: UInt32(tokenCount))
    bytes.append(littleEndian: UInt32(boundaryTokenCount))
    bytes.append(littleEndian: UInt32(originByteCount))
    bytes.append(part)
    bytes.append(hasLossMask ? 1 : 0)
    bytes.append(isRepeated ? 1 : 0)
    for _ in 0..<9 { bytes.append(0) }
    return bytes
  }

  func bodyByteCount(tokenByteCount: Int) -> Int {
    originByteCount + tokenCount * (tokenByteCount + (hasLossMask ? 1 : 0))
  }

  @inline(__always)
  static func < (left: Self, right: Self) -> Bool {
    left.part != right.part ? left.part < right.part : left.key < right.key
  }
}

/// A document that comes out of a merge.
package struct OrderedDocument: Sendable, Equatable {
  package let part: SplitPart
  package let document: EncodedDocument
  package let origin: DocumentOrigin
  package let labels: [String]
  /// True for a copy that is not the first of its document.
  package let isRepeated: Bool
  /// Of its tokens, those that are not of its text.
  package let boundaryTokenCount: Int
  package let textByteCount: Int

  /// Nil when the bytes are not those of a document.
  init?(_ header: OrderedHeader, body: [UInt8], type: TokenType) {
    let body = body.span
    guard Int(header.part) < SplitPart.allCases.count,
      body.count == header.bodyByteCount(tokenByteCount: type.byteCount),
      let (origin, byteCount) = DocumentOrigin.parse(body), byteCount <= header.originByteCount,
      let labels = Self.texts(body.extracting(byteCount..<header.originByteCount))
    else { return nil }
    let tokenEnd = header.originByteCount + header.tokenCount * type.byteCount
    let tokenBytes = body.raw.extracting(header.originByteCount..<tokenEnd)
    let tokens = TokenBytes.load(tokenBytes, as: type).ids
    document = EncodedDocument(
      tokens: tokens, lossMask: [UInt8](copying: body.extracting(tokenEnd..<body.count)))
    self.origin = origin
    self.labels = labels
    part = SplitPart.allCases[Int(header.part)]
    isRepeated = header.isRepeated
    boundaryTokenCount = header.boundaryTokenCount
    textByteCount = header.textByteCount
  }
  /// Texts behind their lengths; nil when the last goes on behind the end.
  private static func texts(_ bytes: Span<UInt8>) -> [String]? {
    var texts: [String] = []
    var offset = 0
    while offset < bytes.count {
      guard bytes.count - offset >= 4 else { return nil }
      let count = Int(bytes.raw.load32(offset))
      offset += 4
      guard bytes.count - offset >= count else { return nil }
      texts.append(String(repairing: bytes.extracting(offset..<(offset + count))))
      offset += count
    }
    return texts
  }
}
