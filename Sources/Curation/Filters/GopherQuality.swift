internal import ByteKernels
package import TextAnalysis

/// Drops documents that do not read like text, by the quality rules of Gopher.
///
/// Rae et al. 2021, "Scaling Language Models", appendix A.1.1, as datatrove states them: in their
/// order, the first rule that fails gives the reason. Lengths are in Unicode scalars. A word of
/// nothing but punctuation counts in the ratios and not in the number or the mean length of words.
package struct GopherQuality: Filter {
  package static let name = "gopher-quality"
  package static let summary =
    "Drops documents that do not read like text (Gopher's quality rules)."

  /// Bounds; null turns a rule off.
  package struct Settings: StepSettings {
    package var minimumWords: Int? = 50
    package var maximumWords: Int? = 100_000
    package var minimumMeanWordLength: Double? = 3
    package var maximumMeanWordLength: Double? = 10
    package var maximumHashesPerWord: Double? = 0.1
    package var maximumEllipsesPerWord: Double? = 0.1
    package var maximumBulletLineShare: Double? = 0.9
    package var maximumEllipsisLineShare: Double? = 0.3
    package var minimumAlphabeticWordShare: Double? = 0.8
    package var minimumStopWords: Int? = 2
    package var stopWords = ["the", "be", "to", "of", "and", "that", "have", "with"]
    package var words = WordDefinition.unicode
    package var unspacedScripts = UnspacedScripts.judge

    package init() {}

    package static var settings: [Setting<Self>] {
      [
        .init("minimum-words", \.minimumWords, "Fewest words that are not punctuation only."),
        .init("maximum-words", \.maximumWords, "Most words that are not punctuation only."),
        .init(
          "minimum-mean-word-length", \.minimumMeanWordLength, "Least mean length, in characters."),
        .init(
          "maximum-mean-word-length", \.maximumMeanWordLength,
          "Greatest mean length, in characters."),
        .init("maximum-hashes-per-word", \.maximumHashesPerWord, "Most # for each word."),
        .init(
          "maximum-ellipses-per-word", \.maximumEllipsesPerWord, "Most ... or … for each word."),
        .init(
          "maximum-bullet-line-share", \.maximumBulletLineShare,
          "Most lines that start with • or -."),
        .init(
          "maximum-ellipsis-line-share", \.maximumEllipsisLineShare,
          "Most lines that end with ... or …."),
        .init(
          "minimum-alphabetic-word-share", \.minimumAlphabeticWordShare,
          "Fewest words with a letter, as a share of all words."),
        .init("minimum-stop-words", \.minimumStopWords, "Fewest different stop words."),
        .init("stop-words", \.stopWords, "The stop words, compared with their case."),
        .init("words", \.words, "What a word is."),
        .init(
          "unspaced-scripts", \.unspacedScripts,
          "Whether word rules judge text mostly of scripts written without spaces."),
      ]
    }
  }

  package enum Reason: String, CaseIterable, Sendable {
    case shortDocument = "short-document"
    case longDocument = "long-document"
    case belowMeanWordLength = "below-mean-word-length"
    case aboveMeanWordLength = "above-mean-word-length"
    case tooManyHashes = "too-many-hashes"
    case tooManyEllipses = "too-many-ellipses"
    case tooManyBulletLines = "too-many-bullet-lines"
    case tooManyEllipsisLines = "too-many-ellipsis-lines"
    case tooFewAlphabeticWords = "too-few-alphabetic-words"
    case tooFewStopWords = "too-few-stop-words"
  }

  private let settings: Settings
  private let stopWords: StopWords
  private let ellipses = PhraseFinder(["...", "…"], ignoringASCIICase: false)

  package init(_ settings: Settings) throws(SettingsError) {
    if let minimum = settings.minimumStopWords, minimum > Set(settings.stopWords).count {
      throw SettingsError(
        setting: "minimum-stop-words", message: "There are not that many stop-words.")
    }
    try Bounds.check("words", settings.minimumWords, settings.maximumWords)
    try Bounds.check(
      "mean-word-length", settings.minimumMeanWordLength, settings.maximumMeanWordLength)
    self.settings = settings
    stopWords = StopWords(settings.stopWords)
  }

  package func reasonToDrop(_ text: AnalyzedText) -> Reason? {
    reasonToDrop(text, words: text.words(settings.words))
  }

  /// The verdict on a text whose words are given, whoever made them.
  package func reasonToDrop(_ text: AnalyzedText, words: [Word]) -> Reason? {
    if settings.unspacedScripts == .keep, text.letterCounts.isMostlyUnspaced {
      return lineReason(text)
    }
    let totals = WordTotals(words)
    return lengthReason(totals) ?? symbolReason(text, totals) ?? lineReason(text)
      ?? vocabularyReason(text, words, totals)
  }

  private func lengthReason(_ totals: WordTotals) -> Reason? {
    let count = totals.plainWordCount
    if let minimum = settings.minimumWords, count < minimum { return .shortDocument }
    if let maximum = settings.maximumWords, count > maximum { return .longDocument }
    guard count > 0 else { return nil }
    let mean = Double(totals.plainScalarCount) / Double(count)
    if let minimum = settings.minimumMeanWordLength, mean < minimum { return .belowMeanWordLength }
    if let maximum = settings.maximumMeanWordLength, mean > maximum { return .aboveMeanWordLength }
    return nil
  }

  private func symbolReason(_ text: AnalyzedText, _ totals: WordTotals) -> Reason? {
    guard totals.wordCount > 0 else { return nil }
    let wordCount = Double(totals.wordCount)
    let bytes = text.bytes
    if let maximum = settings.maximumHashesPerWord {
      let hashCount = ByteTally.count(UInt8(ascii: "#"), in: bytes.span)
      if Double(hashCount) / wordCount > maximum { return .tooManyHashes }
    }
    if let maximum = settings.maximumEllipsesPerWord {
      if Double(ellipsisCount(bytes)) / wordCount > maximum { return .tooManyEllipses }
    }
    return nil
  }

  /// Three dots, counted without overlap, and the ellipsis character.
  private func ellipsisCount(_ bytes: [UInt8]) -> Int {
    var count = 0
    var end = 0
    for match in ellipses.matches(in: bytes.span) where match.phrase == 1 || match.offset >= end {
      count += 1
      if match.phrase == 0 { end = match.offset + 3 }
    }
    return count
  }

  private func lineReason(_ text: AnalyzedText) -> Reason? {
    let lines = text.lines
    guard !lines.isEmpty else { return nil }
    let bytes = text.bytes
    var bulletCount = 0
    var ellipsisCount = 0
    for line in lines {
      let inner = text.trimmed(line)
      if Self.startsWithBullet(bytes, inner) { bulletCount += 1 }
      if Self.endsWithEllipsis(bytes, inner) { ellipsisCount += 1 }
    }
    let lineCount = Double(lines.count)
    if let maximum = settings.maximumBulletLineShare, Double(bulletCount) / lineCount > maximum {
      return .tooManyBulletLines
    }
    if let maximum = settings.maximumEllipsisLineShare, Double(ellipsisCount) / lineCount > maximum
    {
      return .tooManyEllipsisLines
    }
    return nil
  }

  private static func startsWithBullet(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
    guard let first = line.first else { return false }
    if bytes[first] == UInt8(ascii: "-") { return true }
    return line.count >= 3 && bytes[first] == 0xE2 && bytes[first + 1] == 0x80
      && bytes[first + 2] == 0xA2
  }

  private static func endsWithEllipsis(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
    guard line.count >= 3 else { return false }
    let end = line.upperBound
    switch (bytes[end - 3], bytes[end - 2], bytes[end - 1]) {
    case (0x2E, 0x2E, 0x2E), (0xE2, 0x80, 0xA6): return true
    default: return false
    }
  }

  private func vocabularyReason(
    _ text: AnalyzedText, _ words: [Word], _ totals: WordTotals
  ) -> Reason? {
    if let minimum = settings.minimumAlphabeticWordShare, totals.wordCount > 0 {
      let share = Double(totals.alphabeticWordCount) / Double(totals.wordCount)
      if share < minimum { return .tooFewAlphabeticWords }
    }
    if let minimum = settings.minimumStopWords,
      !stopWords.stand(atLeast: minimum, in: words, of: text.bytes)
    {
      return .tooFewStopWords
    }
    return nil
  }
}

/// What the word rules do with text mostly of scripts written without spaces.
package enum UnspacedScripts: String, Sendable, SettingChoice {
  /// The rules judge it like any other, as published; they drop most of it.
  case judge
  /// Rules on words pass it, rules on lines judge it.
  case keep
}
