internal import ByteKernels

/// How often each token of a vocabulary is used, and what follows from that.
package struct TokenUse: Sendable, Equatable {
  /// Tokens in the vocabulary that text can become: without unused ids and special tokens.
  package let tokenCount: Int
  /// Ids of tokens that no text became, ascending.
  package let neverUsed: [UInt32]
  /// Rényi's efficiency with alpha 2.5: 1 when all tokens are used alike.
  ///
  /// Nil without two tokens or any text. The measure is that of Zouhar et al. (2023).
  package let renyiEfficiency: Double?

  init(_ vocabulary: Vocabulary, uses: [UInt64]) {
    let specials = Set(vocabulary.specialTokens.map(\.id))
    var tokenCount = 0
    var neverUsed: [UInt32] = []
    for (id, token) in vocabulary.tokens.enumerated()
    where !token.isEmpty && !specials.contains(UInt32(id)) {
      tokenCount += 1
      if uses[id] == 0 { neverUsed.append(UInt32(id)) }
    }
    self.tokenCount = tokenCount
    self.neverUsed = neverUsed
    renyiEfficiency = Self.efficiency(uses, tokenCount: tokenCount)
  }

  private static func efficiency(_ uses: [UInt64], tokenCount: Int) -> Double? {
    let alpha = 2.5
    let total = uses.reduce(0.0) { $0 + Double($1) }
    guard total > 0, tokenCount > 1 else { return nil }
    let sum = uses.reduce(0.0) { sum, count in
      count == 0 ? sum : sum + ElementaryFunctions.power(Double(count) / total, alpha)
    }
    let entropy = ElementaryFunctions.logarithm(sum) / (1 - alpha)
    return entropy / ElementaryFunctions.logarithm(Double(tokenCount))
  }
}
