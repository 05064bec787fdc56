internal import ByteKernels

/// What is known of an encoded document beside its tokens.
package struct DocumentFacts: Sendable, Equatable {
  package var part: SplitPart
  /// The number of its source in `MixtureSettings.sources`.
  package var source: Int
  /// Where the order wants it (`OrderRule.rank`).
  package var rank: UInt64
  /// Of its tokens, those that are not of its text.
  package var boundaryTokenCount: Int
  package var textByteCount: Int

  package init(
    part: SplitPart, source: Int = 0, rank: UInt64 = OrderRule.noRank, boundaryTokenCount: Int,
    textByteCount: Int
  ) {
    self.part = part
    self.source = source
    self.rank = rank
    self.boundaryTokenCount = boundaryTokenCount
    self.textByteCount = textByteCount
  }
}

/// One document in the index of an encoded shard.
///
/// 48 bytes, little-endian:
///
///     0 u64 offset of its bytes   8 u64 rank   16 u64 bytes of text   24 u32 tokens
///     28 u32 tokens that are not of the text   32 u32 bytes of origin and labels   36 u32 source
///     40 u8 part   41 u8 1 with a loss mask   42 six bytes of 0
///
/// Its bytes: origin and labels, the tokens, and a byte a token when there is a loss mask.
struct EncodedEntry: Sendable, Equatable {
  var offset: Int
  var facts: DocumentFacts
  var tokenCount: Int
  var originByteCount: Int
  var hasLossMask: Bool

  static let byteCount = 48

  init(
    offset: Int, facts: DocumentFacts, tokenCount: Int, originByteCount: Int, hasLossMask: Bool
  ) {
    self.offset = offset
    self.facts = facts
    self.tokenCount = tokenCount
    self.originByteCount = originByteCount
    self.hasLossMask = hasLossMask
  }

  /// Nil when the bytes at `start` are no entry.
  init?(_ bytes: RawSpan, at start: Int) {
    let part = Int(bytes.load8(start + 40))
    guard part < SplitPart.allCases.count else { return nil }
    offset = Int(truncatingIfNeeded: bytes.load64(start))
    facts = DocumentFacts(
      part: SplitPart.allCases[part], source: Int(bytes.load32(start + 36)),
      rank: bytes.load64(start + 8), boundaryTokenCount: Int(bytes.load32(start + 28)),
      textByteCount: Int(truncatingIfNeeded: bytes.load64(start + 16)))
    tokenCount = Int(bytes.load32(start + 24))
    originByteCount = Int(bytes.load32(start + 32))
    hasLossMask = bytes.load8(start + 41) == 1
  }

  func append(to bytes: inout [UInt8]) {
    bytes.append(littleEndian: UInt64(offset))
    bytes.append(littleEndian: facts.rank)
    bytes.append(littleEndian: UInt64(facts.textByteCount))
    bytes.append(littleEndian: UInt32(tokenCount))
    bytes.append(littleEndian: UInt32(facts.boundaryTokenCount))
    bytes.append(littleEndian: UInt32(originByteCount))
    bytes.append(littleEndian: UInt32(facts.source))
    bytes.append(facts.part.number)
    bytes.append(hasLossMask ? 1 : 0)
    for _ in 0..<6 { bytes.append(0) }
  }
}

extension SplitPart {
  /// Its place among all parts.
  var number: UInt8 {
    switch self {
    case .train: 0
    case .validation: 1
    case .test: 2
    }
  }
}
