internal import TextAnalysis

/// The terms that stages of Spark ML give: a tokenizer, and if wanted StopWordsRemover and NGram; and
/// the hash of HashingTF.
package struct SparkTerms: Sendable, Hashable {
  package var tokenizer: SparkTokenizer
  package var stopWords: SparkStopWords?
  /// The words of a term, which are joined by spaces, as Spark's NGram does; of fewer there is no term.
  package var wordCount: Int
  package var hash: SparkHash

  /// The words of Spark's Tokenizer.
  package init() {
    self.init(tokenizer: .whitespace)
  }

  /// `wordCount` must be 1 or more.
  package init(
    tokenizer: SparkTokenizer, stopWords: SparkStopWords? = nil, wordCount: Int = 1,
    hash: SparkHash = .murmur3
  ) {
    precondition(wordCount > 0, "a term has words")
    self.tokenizer = tokenizer
    self.stopWords = stopWords
    self.wordCount = wordCount
    self.hash = hash
  }
}

/// Spark's RegexTokenizer, of which Tokenizer is a case.
package struct SparkTokenizer: Sendable, Hashable {
  package var pattern: JavaPattern
  /// Whether the pattern matches what is between the tokens, or the tokens.
  package var matchesGaps: Bool
  /// Shorter tokens are left out; in units of UTF-16.
  package var minimumLength: Int
  package var makesLowercase: Bool

  /// Spark's Tokenizer.
  package static let whitespace = SparkTokenizer(
    pattern: .space, matchesGaps: true, minimumLength: 0, makesLowercase: true)

  package init(
    pattern: JavaPattern, matchesGaps: Bool, minimumLength: Int, makesLowercase: Bool
  ) {
    self.pattern = pattern
    self.matchesGaps = matchesGaps
    self.minimumLength = minimumLength
    self.makesLowercase = makesLowercase
  }
}

/// Spark's StopWordsRemover.
package struct SparkStopWords: Sendable, Hashable, Codable {
  package var words: [String]
  package var isCaseSensitive: Bool
  /// Whose lower case is compared; Java's name, such as `en_US`.
  package var locale: String

  package init(words: [String], isCaseSensitive: Bool, locale: String) {
    self.words = words
    self.isCaseSensitive = isCaseSensitive
    self.locale = locale
  }

  enum CodingKeys: String, CodingKey {
    case words
    case isCaseSensitive = "case-sensitive"
    case locale
  }
}

/// Which hash HashingTF has.
package enum SparkHash: String, SettingChoice, Codable {
  /// MurmurHash3 for x86 with 32 bits: Spark 3 and later.
  case murmur3
  /// The hash of Spark 2, which takes the last bytes one by one.
  case legacy
}

extension SparkTerms: Codable {
  private enum CodingKeys: String, CodingKey {
    case tokenizer
    case stopWords = "stop-words"
    case wordCount = "words"
    case hash
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    tokenizer = try values.decodeIfPresent(SparkTokenizer.self, forKey: .tokenizer) ?? .whitespace
    stopWords = try values.decodeIfPresent(SparkStopWords.self, forKey: .stopWords)
    wordCount = try values.decodeIfPresent(Int.self, forKey: .wordCount) ?? 1
    hash = try values.decodeIfPresent(SparkHash.self, forKey: .hash) ?? .murmur3
    guard wordCount > 0 else {
      throw DecodingError.dataCorruptedError(
        forKey: .wordCount, in: values, debugDescription: "1 or more")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    if tokenizer != .whitespace { try values.encode(tokenizer, forKey: .tokenizer) }
    try values.encodeIfPresent(stopWords, forKey: .stopWords)
    try values.encode(wordCount, forKey: .wordCount)
    try values.encode(hash, forKey: .hash)
  }
}

extension SparkTokenizer: Codable {
  private enum CodingKeys: String, CodingKey {
    case pattern
    case matchesGaps = "gaps"
    case minimumLength = "minimum-length"
    case makesLowercase = "lower-case"
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      pattern: try values.decode(JavaPattern.self, forKey: .pattern),
      matchesGaps: try values.decode(Bool.self, forKey: .matchesGaps),
      minimumLength: try values.decode(Int.self, forKey: .minimumLength),
      makesLowercase: try values.decode(Bool.self, forKey: .makesLowercase))
    guard minimumLength >= 0 else {
      throw DecodingError.dataCorruptedError(
        forKey: .minimumLength, in: values, debugDescription: "0 or more")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(pattern, forKey: .pattern)
    try values.encode(matchesGaps, forKey: .matchesGaps)
    try values.encode(minimumLength, forKey: .minimumLength)
    try values.encode(makesLowercase, forKey: .makesLowercase)
  }
}
