internal import ByteKernels

/// Which id stands for which bytes, and the merges that lead there.
package struct Vocabulary: Sendable, Equatable {
  /// Two tokens that become one; a merge's place in the list is its rank.
  package struct Merge: Sendable, Equatable {
    package let left: UInt32
    package let right: UInt32
    /// The token whose bytes are those of `left` and `right`.
    package let product: UInt32

    package init(left: UInt32, right: UInt32, product: UInt32) {
      self.left = left
      self.right = right
      self.product = product
    }
  }

  /// A token that stands outside the merges and that text never becomes.
  package struct SpecialToken: Sendable, Equatable {
    package let id: UInt32
    package let text: String

    package init(id: UInt32, text: String) {
      self.id = id
      self.text = text
    }
  }

  /// Ids and ranks are kept in 21 and 22 bits.
  package static let maximumTokenCount = 1 << 21

  /// The bytes of every id: empty for an unused id, those of its text for a special token.
  package let tokens: [[UInt8]]
  /// In order of rank.
  package let merges: [Merge]
  /// In order of id.
  package let specialTokens: [SpecialToken]
  package let pattern: SplitPattern
  /// A pre-token that is a token as a whole becomes it, even where the merges would not lead there.
  package let acceptsWholePreTokens: Bool

  package init(
    tokens: [[UInt8]], merges: [Merge], specialTokens: [SpecialToken], pattern: SplitPattern,
    acceptsWholePreTokens: Bool = false
  ) {
    self.tokens = tokens
    self.merges = merges
    self.specialTokens = specialTokens.sorted { $0.id < $1.id }
    self.pattern = pattern
    self.acceptsWholePreTokens = acceptsWholePreTokens
  }

  /// One more than the largest id.
  package var size: Int { tokens.count }

  /// A digest of everything that decides which ids a text becomes.
  package var digest: UInt64 {
    var bytes: [UInt8] = Array("\(pattern.rawValue) \(acceptsWholePreTokens) ".utf8)
    bytes.append(littleEndian: UInt64(tokens.count))
    for token in tokens {
      bytes.append(littleEndian: UInt32(token.count))
      bytes.append(contentsOf: token)
    }
    for merge in merges {
      for id in [merge.left, merge.right, merge.product] { bytes.append(littleEndian: id) }
    }
    for special in specialTokens { bytes.append(littleEndian: special.id) }
    return XXH64.hash(bytes.span)
  }
}
