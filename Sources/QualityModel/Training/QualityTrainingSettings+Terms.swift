internal import TextAnalysis

/// The settings that say which terms a text has.
extension QualityTrainingSettings {
  static var termSettings: [Setting<Self>] {
    [
      .init(
        "words", \.words,
        "The most words of a term, of which the default pipeline has all fewer too; null is 2, and 1 for spark."
      ),
      .init(
        "characters", \.characters,
        "Terms of characters inside words, the least and the most, such as [3, 5]; not for spark."),
      .init("hash", \.hash, "How a term becomes a feature; not for spark."),
      .init(
        "token-pattern", \.tokenPattern,
        "Spark's RegexTokenizer with this pattern, in Java's dialect; null is Spark's Tokenizer."),
      .init("token-gaps", \.tokenGaps, "Whether the pattern matches what is between tokens."),
      .init("minimum-token-length", \.minimumTokenLength, "Least UTF-16 units of a token."),
      .init("token-lower-case", \.tokenLowerCase, "Whether the text is put into lower case first."),
      .init(
        "stop-words", \.stopWords, "Words that Spark's StopWordsRemover takes out, in any case."),
    ]
  }

  var terms: FeatureTerms {
    switch pipeline {
    case .words:
      .words(
        WordTerms(
          maximumWordCount: words ?? 2, characterCounts: characterCounts, hash: hash)
          ?? WordTerms())
    case .spark: .spark(sparkTerms)
    }
  }

  private var characterCounts: ClosedRange<Int>? {
    guard characters.count == 2, characters[0] <= characters[1] else { return nil }
    return characters[0]...characters[1]
  }

  private var sparkTerms: SparkTerms {
    // Validation has said what is wrong with a pattern.
    let tokenizer = tokenPattern.flatMap { try? JavaPattern($0) }.map {
      SparkTokenizer(
        pattern: $0, matchesGaps: tokenGaps, minimumLength: minimumTokenLength,
        makesLowercase: tokenLowerCase)
    }
    return SparkTerms(
      tokenizer: tokenizer ?? .whitespace,
      stopWords: stopWords.isEmpty
        ? nil : SparkStopWords(words: stopWords, isCaseSensitive: false, locale: "en_US"),
      wordCount: words ?? 1)
  }

  func validateTerms() throws(SettingsError) {
    let known = WordTerms.maximumWordCounts
    try require(
      known.contains(words ?? 1), "words", "from \(known.lowerBound) to \(known.upperBound)")
    let counts = WordTerms.maximumCharacterCounts
    try require(
      characters.isEmpty || characterCounts != nil && characters.allSatisfy(counts.contains),
      "characters", "two numbers, the least and the most, up to \(counts.upperBound)")
    try require(minimumTokenLength >= 0, "minimum-token-length", "0 or more")
    if pipeline == .spark {
      try require(characters.isEmpty, "characters", "empty for the pipeline spark")
      try require(hash == .fast, "hash", "left alone for the pipeline spark, which has its own")
      try validateTokenPattern()
    } else {
      try require(
        tokenPattern == nil && stopWords.isEmpty,
        tokenPattern == nil ? "stop-words" : "token-pattern",
        "left out unless the pipeline is spark")
    }
  }

  private func validateTokenPattern() throws(SettingsError) {
    guard let tokenPattern else { return }
    do throws(JavaPatternError) {
      _ = try JavaPattern(tokenPattern)
    } catch {
      throw SettingsError(
        setting: "token-pattern",
        message: "Must be a regular expression in Java's dialect: \(error).")
    }
  }
}
