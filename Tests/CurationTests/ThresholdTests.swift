import Curation
import Testing
import TextAnalysis

struct ThresholdTests {
  @Test(
    arguments: [
      ("quality", 0.5, nil, 0.5, nil), ("quality", 0.5, nil, 0.4, .belowMinimum),
      ("quality", nil, 0.5, 0.6, .aboveMaximum), ("quality", nil, 0.5, 0.5, nil),
      ("quality", 0.2, 0.5, .nan, .belowMinimum), ("quality", nil, 0.5, .nan, .aboveMaximum),
      ("other", 0.5, nil, 0.9, .missingAttribute),
    ] as [(String, Double?, Double?, Double, Threshold.Reason?)])
  func `a value out of bounds drops the document`(
    attribute: String, minimum: Double?, maximum: Double?, value: Double,
    expected: Threshold.Reason?
  ) throws {
    var settings = Threshold.Settings()
    settings.attribute = attribute
    settings.minimum = minimum
    settings.maximum = maximum
    let text = AnalyzedText([], attributes: ["quality": value])
    #expect(try Threshold(settings).reasonToDrop(text) == expected)
  }

  @Test func `a threshold names an attribute and a bound`() {
    var settings = Threshold.Settings()
    settings.minimum = 1
    #expect(throws: SettingsError.self) { try Threshold(settings) }
    settings.attribute = "quality"
    settings.maximum = 0.5
    #expect(throws: SettingsError.self) { try Threshold(settings) }
    settings.minimum = nil
    settings.maximum = nil
    #expect(throws: SettingsError.self) { try Threshold(settings) }
  }

  @Test(
    arguments: [
      ("", nil, 2, nil), ("日本", 2, 2, nil), ("日", 2, nil, .tooShort), ("日本語", 2, 2, .tooLong),
    ] as [(String, Int?, Int?, Length.Reason?)])
  func `length is in characters`(
    text: String, minimum: Int?, maximum: Int?, expected: Length.Reason?
  ) throws {
    var settings = Length.Settings()
    settings.minimumCharacters = minimum
    settings.maximumCharacters = maximum
    #expect(try Length(settings).reasonToDrop(AnalyzedText(Array(text.utf8))) == expected)
  }
}
