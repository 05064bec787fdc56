import Curation
import Testing
import TextAnalysis

/// Agreement with datatrove on real documents.
struct DatatroveTests {
  static let quality: [String: GopherQuality.Reason] = [
    "gopher_short_doc": .shortDocument, "gopher_long_doc": .longDocument,
    "gopher_below_avg_threshold": .belowMeanWordLength,
    "gopher_above_avg_threshold": .aboveMeanWordLength,
    "gopher_too_many_hashes": .tooManyHashes, "gopher_too_many_ellipsis": .tooManyEllipses,
    "gopher_too_many_bullets": .tooManyBulletLines,
    "gopher_too_many_end_ellipsis": .tooManyEllipsisLines,
    "gopher_below_alpha_threshold": .tooFewAlphabeticWords,
    "gopher_enough_stop_words": .tooFewStopWords,
  ]
  static let repetition: [String: GopherRepetition.Reason] = [
    "empty": .emptyText, "dup_para_frac": .duplicateParagraphs,
    "dup_para_char_frac": .duplicateParagraphCharacters, "dup_line_frac": .duplicateLines,
    "dup_line_char_frac": .duplicateLineCharacters,
    "top_2_gram": .top2Gram, "top_3_gram": .top3Gram, "top_4_gram": .top4Gram,
    "duplicated_5_n_grams": .duplicate5Grams, "duplicated_6_n_grams": .duplicate6Grams,
    "duplicated_7_n_grams": .duplicate7Grams, "duplicated_8_n_grams": .duplicate8Grams,
    "duplicated_9_n_grams": .duplicate9Grams, "duplicated_10_n_grams": .duplicate10Grams,
  ]

  @Test func `on datatrove's own words the Gopher rules give datatrove's verdicts and reasons`()
    throws
  {
    guard let cases = try Oracle.cases(every: stride, withWords: true) else { return }
    let quality = try GopherQuality(.init())
    let repetition = try GopherRepetition(.init())
    for item in cases {
      guard let words = item.words else { return }
      let expected = item.expected
      #expect(
        quality.reasonToDrop(item.text, words: words)
          == expected.gopher_quality.reason.flatMap { Self.quality[$0] }, "\(expected.id)")
      #expect(
        repetition.reasonToDrop(item.text, words: words)
          == expected.gopher_repetition.reason.flatMap { Self.repetition[$0] }, "\(expected.id)")
    }
  }

  @Test(arguments: [
    (WordDefinition.unicode, 0.93, 0.93), (.whitespace, 0.65, 0.9),
  ])
  func `on our own words most verdicts are datatrove's`(
    words: WordDefinition, qualityShare: Double, repetitionShare: Double
  ) throws {
    guard let cases = try Oracle.cases(every: stride) else { return }
    var qualitySettings = GopherQuality.Settings()
    qualitySettings.words = words
    var repetitionSettings = GopherRepetition.Settings()
    repetitionSettings.words = words
    let quality = try GopherQuality(qualitySettings)
    let repetition = try GopherRepetition(repetitionSettings)
    var (sameQuality, sameRepetition, sameQualityReason, sameRepetitionReason) = (0, 0, 0, 0)
    for item in cases {
      let ours = quality.reasonToDrop(item.text)
      let theirs = item.expected.gopher_quality.reason.flatMap { Self.quality[$0] }
      sameQuality += (ours == nil) == (theirs == nil) ? 1 : 0
      sameQualityReason += ours == theirs ? 1 : 0
      let oursRepeated = repetition.reasonToDrop(item.text)
      let theirsRepeated = item.expected.gopher_repetition.reason.flatMap { Self.repetition[$0] }
      sameRepetition += (oursRepeated == nil) == (theirsRepeated == nil) ? 1 : 0
      sameRepetitionReason += oursRepeated == theirsRepeated ? 1 : 0
    }
    let count = Double(cases.count)
    print(
      "\(words): of \(cases.count) quality \(sameQuality) (\(sameQualityReason) with reason)",
      "repetition \(sameRepetition) (\(sameRepetitionReason) with reason)")
    #expect(Double(sameQuality) / count >= qualityShare)
    #expect(Double(sameRepetition) / count >= repetitionShare)
  }

  @Test(arguments: [false, true])
  func `C4 under datatrove's settings keeps datatrove's characters`(requireEndMark: Bool) throws {
    guard let cases = try Oracle.cases(every: stride) else { return }
    var settings = C4Quality.Settings()
    settings.requireEndMark = requireEndMark
    settings.endMarks.append("'")
    settings.minimumWordsPerLine = 3
    settings.minimumSentences = 5
    settings.countWords = .beforeCitations
    let rules = try C4Quality(settings)
    var agreeing = 0
    for item in cases {
      let expected = requireEndMark ? item.expected.c4_terminal : item.expected.c4
      var scalarCount: Int?
      var reason: String?
      switch rules.modify(item.text) {
      case .unchanged: scalarCount = item.text.scalarCount
      case .replaced(let bytes, _): scalarCount = AnalyzedText(bytes).scalarCount
      case .emptied(let why): reason = why.rawValue
      }
      if expected.keep, let scalarCount {
        // The field is left out where nothing changed.
        #expect(
          scalarCount == expected.out_chars ?? item.text.scalarCount, "\(item.expected.id)")
      }
      agreeing += reason?.replacing("-", with: "_") == expected.reason ? 1 : 0
    }
    print("c4 \(requireEndMark): \(agreeing) of \(cases.count) verdicts agree")
    #expect(Double(agreeing) / Double(cases.count) >= 0.95)
  }

  /// A debug build reads a part of the documents, a release build all.
  private var stride: Int {
    #if DEBUG
      60
    #else
      1
    #endif
  }
}
