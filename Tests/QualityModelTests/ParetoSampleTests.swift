import Testing
import TextAnalysis

@testable import QualityModel

struct ParetoSampleTests {
  private func sample(exponent: Double = 9) throws -> ParetoSample {
    var settings = ParetoSample.Settings()
    settings.exponent = exponent
    return try ParetoSample(settings)
  }

  private func text(_ id: Int, score: Double?, seed: UInt64 = 0) -> AnalyzedText {
    AnalyzedText(
      [], draw: DocumentDraw(id: "document-\(id)", seed: seed),
      attributes: score.map { ["quality": $0] } ?? [:])
  }

  @Test(arguments: [0, 0.2, 0.5, 0.9, 0.99, 1, 1.5])
  func `documents stay as often as the distribution says`(score: Double) throws {
    let sample = try sample()
    let kept = (0..<40_000).count { sample.reasonToDrop(text($0, score: score)) == nil }
    // P(X > 1 - s) of the Lomax distribution is (1 + 1 - s)^-9.
    var expected = 1.0
    for _ in 0..<9 { expected /= max(1, 2 - score) }
    let deviation = (expected * (1 - expected) / 40_000).squareRoot()
    #expect(abs(Double(kept) / 40_000 - expected) <= 4 * deviation + 1e-12)
    #expect(abs(sample.keepingProbability(score: score) - expected) < 1e-12)
  }

  @Test func `the draw is the document's own, and another one under another seed`() throws {
    let sample = try sample(exponent: 1)
    let first = (0..<1000).map { sample.reasonToDrop(text($0, score: 0.2)) }
    let again = (0..<1000).reversed().map { sample.reasonToDrop(text($0, score: 0.2)) }
    #expect(first == again.reversed())
    #expect(first != (0..<1000).map { sample.reasonToDrop(text($0, score: 0.2, seed: 1)) })
    // A better score never loses a document that a worse one kept.
    for id in 0..<1000 where first[id] == nil {
      #expect(sample.reasonToDrop(text(id, score: 0.3)) == nil)
    }
  }

  @Test func `samples by two attributes are drawn independently`() throws {
    var settings = ParetoSample.Settings()
    settings.exponent = 1
    let first = try ParetoSample(settings)
    settings.attribute = "other"
    let second = try ParetoSample(settings)
    let kept = (0..<40_000).map { id in
      let text = AnalyzedText(
        [], draw: DocumentDraw(id: "\(id)", seed: 0), attributes: ["quality": 0, "other": 0])
      return (first.reasonToDrop(text) == nil, second.reasonToDrop(text) == nil)
    }
    // Each keeps half, so both a quarter, within four deviations.
    #expect(abs(kept.count { $0 && $1 } - 10_000) < 350)
  }

  @Test func `a document without a score is dropped for that`() throws {
    #expect(try sample().reasonToDrop(text(1, score: nil)) == .missingAttribute)
    for score in [Double.nan, .infinity, -.infinity] {
      #expect(try sample().reasonToDrop(text(1, score: score)) == .missingAttribute)
    }
    for exponent in [0, -1, Double.nan, .infinity] {
      var settings = ParetoSample.Settings()
      settings.exponent = exponent
      #expect(throws: SettingsError.self) { try settings.validate() }
    }
  }
}
