internal import TextAnalysis

/// Runs of neighbouring words, as `WordScanner` finds words, and if wanted runs of characters in them.
package struct WordTerms: Sendable, Hashable {
  /// The most words of a term; terms have one word, two, and so on up to it.
  package let maximumWordCount: Int
  /// The characters of further terms: parts of a word that stands between `<` and `>`, itself left out.
  package let characterCounts: ClosedRange<Int>?
  package let hash: WordHash

  package static let maximumWordCounts = 1...8
  package static let maximumCharacterCounts = 1...16

  /// Words and pairs of them.
  package init() {
    (maximumWordCount, characterCounts, hash) = (2, nil, .fast)
  }

  /// Nil when a count is outside of `maximumWordCounts` or `maximumCharacterCounts`.
  package init?(
    maximumWordCount: Int, characterCounts: ClosedRange<Int>? = nil, hash: WordHash = .fast
  ) {
    guard Self.maximumWordCounts.contains(maximumWordCount) else { return nil }
    if let characterCounts {
      let known = Self.maximumCharacterCounts
      guard known.contains(characterCounts.lowerBound), known.contains(characterCounts.upperBound)
      else { return nil }
    }
    self.maximumWordCount = maximumWordCount
    self.characterCounts = characterCounts
    self.hash = hash
  }
}

/// How a term of words becomes a feature.
package enum WordHash: String, SettingChoice, Codable {
  /// The 64-bit hash of `WordScanner`.
  case fast
  /// The lower half of the 128-bit MurmurHash3 for x64 with seed 0 of the term's UTF-8, its words
  /// joined by single spaces, modulo the number of features: `mmh3.hash64(term, 0, signed=False)[0] % n`.
  case murmur3x128 = "murmur3-128"
}

extension WordTerms: Codable {
  private enum CodingKeys: String, CodingKey {
    case maximumWordCount = "words"
    case characterCounts = "characters"
    case hash
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let bounds = try values.decodeIfPresent([Int].self, forKey: .characterCounts)
    var characterCounts: ClosedRange<Int>?
    if let bounds {
      guard bounds.count == 2, bounds[0] <= bounds[1] else {
        throw DecodingError.dataCorruptedError(
          forKey: .characterCounts, in: values, debugDescription: "two numbers, least and most")
      }
      characterCounts = bounds[0]...bounds[1]
    }
    let terms = WordTerms(
      maximumWordCount: try values.decode(Int.self, forKey: .maximumWordCount),
      characterCounts: characterCounts,
      hash: try values.decodeIfPresent(WordHash.self, forKey: .hash) ?? .fast)
    guard let terms else {
      throw DecodingError.dataCorruptedError(
        forKey: .maximumWordCount, in: values, debugDescription: "a count out of range")
    }
    self = terms
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(maximumWordCount, forKey: .maximumWordCount)
    if let counts = characterCounts {
      try values.encode([counts.lowerBound, counts.upperBound], forKey: .characterCounts)
    }
    try values.encode(hash, forKey: .hash)
  }
}
