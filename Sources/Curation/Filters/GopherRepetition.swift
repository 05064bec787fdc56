internal import ByteKernels
package import TextAnalysis

/// Drops documents that repeat themselves, by the repetition rules of Gopher.
///
/// Rae et al. 2021, "Scaling Language Models", table A1, under datatrove's definitions and in its order;
/// the first rule that fails gives the reason. Shares are of the text's length in Unicode scalars.
/// - Paragraphs lie between two or more line feeds of the text without white space at its ends, lines
///   between one or more of the text as it is; of equal ones all but the first are duplicates.
/// - A top n-gram's weight is its length, the words joined by a space, times its count. A text so short
///   that an n-gram is much of it fails even when nothing repeats, as in datatrove.
/// - A duplicate n-gram is one whose joined words stood before; reading goes on behind it.
package struct GopherRepetition: Filter {
  package static let name = "gopher-repetition"
  package static let summary = "Drops documents that repeat themselves (Gopher's repetition rules)."

  package enum Reason: String, CaseIterable, Sendable {
    case emptyText = "empty-text"
    case duplicateParagraphs = "duplicate-paragraphs"
    case duplicateParagraphCharacters = "duplicate-paragraph-characters"
    case duplicateLines = "duplicate-lines"
    case duplicateLineCharacters = "duplicate-line-characters"
    case top2Gram = "top-2-gram"
    case top3Gram = "top-3-gram"
    case top4Gram = "top-4-gram"
    case duplicate5Grams = "duplicate-5-grams"
    case duplicate6Grams = "duplicate-6-grams"
    case duplicate7Grams = "duplicate-7-grams"
    case duplicate8Grams = "duplicate-8-grams"
    case duplicate9Grams = "duplicate-9-grams"
    case duplicate10Grams = "duplicate-10-grams"
  }

  private let settings: Settings
  private let topRules: [(length: Int, maximum: Double?, reason: Reason)]
  private let duplicateRules: [(length: Int, maximum: Double?, reason: Reason)]

  package init(_ settings: Settings) throws(SettingsError) {
    self.settings = settings
    topRules = [
      (2, settings.maximumTop2GramShare, .top2Gram),
      (3, settings.maximumTop3GramShare, .top3Gram),
      (4, settings.maximumTop4GramShare, .top4Gram),
    ]
    duplicateRules = [
      (5, settings.maximumDuplicate5GramShare, .duplicate5Grams),
      (6, settings.maximumDuplicate6GramShare, .duplicate6Grams),
      (7, settings.maximumDuplicate7GramShare, .duplicate7Grams),
      (8, settings.maximumDuplicate8GramShare, .duplicate8Grams),
      (9, settings.maximumDuplicate9GramShare, .duplicate9Grams),
      (10, settings.maximumDuplicate10GramShare, .duplicate10Grams),
    ]
  }

  package func reasonToDrop(_ text: AnalyzedText) -> Reason? {
    if text.bytes.isEmpty { return .emptyText }
    return segmentReason(text) ?? runReason(text, words: text.words(settings.words))
  }

  /// The verdict on a text whose words are given, whoever made them.
  package func reasonToDrop(_ text: AnalyzedText, words: [Word]) -> Reason? {
    if text.bytes.isEmpty { return .emptyText }
    return segmentReason(text) ?? runReason(text, words: words)
  }

  private func segmentReason(_ text: AnalyzedText) -> Reason? {
    let bytes = text.bytes
    let length = Double(text.scalarCount)
    let feeds = ByteTally.offsets(of: 0x0A, in: bytes.span)
    let inner = text.trimmed(0..<bytes.count)
    let paragraphs = Segments.duplicates(
      Segments.split(inner, at: feeds, runsOf: 2), of: bytes)
    if let maximum = settings.maximumDuplicateParagraphShare, paragraphs.share > maximum {
      return .duplicateParagraphs
    }
    if let maximum = settings.maximumDuplicateParagraphCharacterShare,
      Double(paragraphs.scalarCount) / length > maximum
    {
      return .duplicateParagraphCharacters
    }
    let lines = Segments.duplicates(
      Segments.split(0..<bytes.count, at: feeds, runsOf: 1), of: bytes)
    if let maximum = settings.maximumDuplicateLineShare, lines.share > maximum {
      return .duplicateLines
    }
    if let maximum = settings.maximumDuplicateLineCharacterShare,
      Double(lines.scalarCount) / length > maximum
    {
      return .duplicateLineCharacters
    }
    return nil
  }

  private func runReason(_ text: AnalyzedText, words: [Word]) -> Reason? {
    let length = Double(text.scalarCount)
    let runs = WordRuns(words, of: text.bytes)
    let bound = runs.heaviestPairBound()
    let isNearTop = topRules.contains { rule in
      rule.maximum.map { Double(rule.length == 2 ? bound : 2 * bound) / length > $0 } ?? false
    }
    if isNearTop {
      for (rule, weight) in zip(topRules, runs.topRunWeights(upTo: 4)) {
        guard let maximum = rule.maximum, let weight else { continue }
        if Double(weight) / length > maximum { return rule.reason }
      }
    }
    let places = runs.placesWithTwins(shortest: 5)
    for rule in duplicateRules {
      guard let maximum = rule.maximum else { continue }
      let scalarCount = runs.repeatedScalarCount(length: rule.length, at: places)
      if Double(scalarCount) / length > maximum { return rule.reason }
    }
    return nil
  }
}
