import Curation
import Testing
import TextAnalysis

struct GopherQualityTests {
  static func times(_ count: Int, _ text: String) -> String {
    String(repeating: text, count: count)
  }

  static let examples: [(String, GopherQuality.Reason?)] = [
    (times(10, "The cat and the dog went to sea. "), nil),
    (times(6, "The cat and the dog went to sea. "), .shortDocument),
    ("", .shortDocument),
    (times(100_001, "the of "), .longDocument),
    (times(30, "to a of "), .belowMeanWordLength),
    (times(30, "extraordinarily incomprehensible "), .aboveMeanWordLength),
    (times(20, "#the #cat of them "), .tooManyHashes),
    (times(20, "the cat of them ... "), .tooManyEllipses),
    (times(20, "the cat of them … "), .tooManyEllipses),
    (times(20, " - the cat of them\n"), .tooManyBulletLines),
    (times(20, "• the little cats of theirs\n"), .tooManyBulletLines),
    (
      times(10, "the cat sat with them and all of their many friends on it...\n"),
      .tooManyEllipsisLines
    ),
    (times(30, "the 1000 of 2000 "), .tooFewAlphabeticWords),
    (times(30, "the cat sat there "), .tooFewStopWords),
    (times(30, "The cat sat there OF "), .tooFewStopWords),
    (times(30, "猫が座る。"), .belowMeanWordLength),
  ]

  @Test(arguments: examples)
  func `the first rule that fails gives the reason`(
    text: String, expected: GopherQuality.Reason?
  ) throws {
    let filter = try GopherQuality(.init())
    let analyzed = AnalyzedText(Array(text.utf8))
    #expect(filter.reasonToDrop(analyzed) == expected)
    #expect(filter.reasonToDrop(analyzed) == expected)
  }

  @Test func `every reason has an example`() {
    #expect(Set(Self.examples.compactMap(\.1)) == Set(GopherQuality.Reason.allCases))
  }

  @Test func `text without spaces is kept when asked, unless its lines are bullets`() throws {
    var settings = GopherQuality.Settings()
    settings.unspacedScripts = .keep
    let filter = try GopherQuality(settings)
    for (text, expected) in [
      ("猫が座る。", nil), ("- 猫が座る。", .tooManyBulletLines), ("three short words", .shortDocument),
    ] as [(String, GopherQuality.Reason?)] {
      #expect(filter.reasonToDrop(AnalyzedText(Array(text.utf8))) == expected)
    }
  }

  @Test func `null turns every rule off`() throws {
    var settings = GopherQuality.Settings()
    for setting in GopherQuality.Settings.settings { _ = setting.set(&settings, .null) }
    let filter = try GopherQuality(settings)
    for (text, _) in Self.examples {
      #expect(filter.reasonToDrop(AnalyzedText(Array(text.utf8))) == nil)
    }
  }

  @Test func `settings that contradict each other are refused`() {
    var settings = GopherQuality.Settings()
    settings.minimumStopWords = 9
    #expect(throws: SettingsError.self) { try GopherQuality(settings) }
    settings = GopherQuality.Settings()
    settings.minimumWords = 10
    settings.maximumWords = 9
    #expect(
      throws: SettingsError(
        setting: "minimum-words", message: "The minimum 10 is above the maximum 9.")
    ) { try GopherQuality(settings) }
  }
}
