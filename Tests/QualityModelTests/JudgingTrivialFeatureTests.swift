import FoundationEssentials
import TestSupport
import Testing

@testable import QualityModel

struct JudgingTrivialFeatureTests {
  private static let words = [
    "the", "a", "Of", "house", "river", "STONE", "two2", "ärger", "文字", "over", "under", "tree",
    "a-b",
    "cloud", "2024", "\n", "and", "is", "was", "it", "light", "year", "door", "hand", "3,14",
  ]

  private func text(_ wordCount: Int, _ generator: inout SeededGenerator) -> String {
    (0..<wordCount).map { _ in Self.words.randomElement(using: &generator) ?? "" }
      .joined(separator: " ")
  }

  /// Texts of both classes that differ in nothing but what `change` does to them.
  private func finder(
    _ count: Int = 400, _ change: (String, Bool) -> String = { text, _ in text }
  ) -> TrivialFeatureFinder {
    var generator = SeededGenerator(seed: 12)
    var finder = TrivialFeatureFinder()
    for index in 0..<count {
      let isPositive = index % 2 == 0
      let changed = change(text(Int.random(in: 20...60, using: &generator), &generator), isPositive)
      finder.add(Array(changed.utf8).span, isPositive: isPositive)
    }
    return finder
  }

  @Test func `measures are those of the definition`() {
    var generator = SeededGenerator(seed: 13)
    let texts =
      ["", " ", "\n", "a", "a\n", "a\n\nb", "\r\n x", "É1A"]
      + (0..<50).map { text($0, &generator) }
    for text in texts {
      let measures = TextMeasures(Array(text.utf8).span)
      for measure in TrivialMeasure.allCases {
        #expect(measures[measure] == TrivialReference.value(measure, text), "\(measure): \(text)")
      }
    }
  }

  @Test func `a tally's area is that of its rounded values`() throws {
    var generator = SeededGenerator(seed: 14)
    for count in [0, 1, 5, 40, 120] {
      let values = (0..<count).map { _ in
        Double(Int.random(in: 0...300, using: &generator))
          / (Bool.random(using: &generator) ? 1 : 300)
      }
      let labels = (0..<count).map { _ in Bool.random(using: &generator) }
      var tally = ValueTally()
      for (value, label) in zip(values, labels) { tally.add(value, isPositive: label) }
      let rounded = values.map { Float(bitPattern: Float($0).bitPattern & ~0x7FFF) }
      #expect(tally.auc == JudgingReference(scores: rounded.map(Double.init), labels: labels).auc)
      let good = zip(rounded, labels).filter(\.1).map(\.0).sorted()
      let middle = good.isEmpty ? nil : Double(good[(good.count - 1) / 2])
      #expect(tally.median(isPositive: true) == middle)
    }
  }

  @Test func `texts that differ in nothing give no warning`() {
    #expect(finder().finish() == [])
    #expect(finder().finish(modelAUC: 0.55) == [])
    #expect(TrivialFeatureFinder().finish() == [])
  }

  @Test func `length that separates is named with its medians`() throws {
    let found = finder { $1 ? $0 + $0 + $0 : $0 }.finish(modelAUC: 0.97)
    #expect(found.map(\.name).contains("byte length") && found.map(\.name).contains("word count"))
    let length = try #require(found.first { $0.name == "byte length" })
    #expect(length.auc > 0.95 && length.modelAUC == 0.97)
    #expect(length.warning.hasPrefix("byte length alone separates good from bad with AUC 0.9"))
    #expect(length.warning.contains("the model may learn length, not quality"))
    let shorter = finder { $1 ? $0 : $0 + $0 + $0 }.finish()
    #expect(try #require(shorter.first { $0.name == "byte length" }).auc > 0.95)
  }

  @Test func `tokens are counted once a text`() {
    var generator = SeededGenerator(seed: 16)
    var presence = TokenPresence()
    var expected: [String: (good: Int, bad: Int)] = [:]
    for index in 0..<120 {
      let isPositive = index % 3 == 0
      let words =
        text(Int.random(in: 0...12, using: &generator), &generator)
        + ["", "|", "\u{7F}x"][index % 3]
      presence.add(Array(words.utf8).span, isPositive: isPositive)
      for token in TrivialReference.tokens(words) {
        expected[token, default: (0, 0)].good += isPositive ? 1 : 0
        expected[token, default: (0, 0)].bad += isPositive ? 0 : 1
      }
    }
    let found = presence.frequentTokens
    for token in found {
      let counts = expected[token.text] ?? (0, 0)
      #expect(token.positiveCount == counts.good && token.negativeCount == counts.bad, "\(token)")
    }
    for (token, counts) in expected where counts.good >= 8 || counts.bad >= 16 {
      #expect(found.contains { $0.text == token }, "\(token)")
    }
    #expect(found.contains { $0.text == "a" } && found.contains { $0.text == "-" })
  }

  @Test func `a token that separates is named, whatever its case`() throws {
    let found = finder { $1 ? $0 : $0 + " © COPYRIGHT" }.finish()
    let names = found.map(\.name)
    #expect(names == ["token \"copyright\"", "token \"©\""])
    #expect(found[0].auc == 1 && found[0].warning.contains("100.00 % of the bad ones"))
    #expect(found[0].json.contains(#""token":"copyright","good_share":0.0,"bad_share":1.0"#))
    let sign = finder { $1 ? $0 + " |" : $0 }.finish()
    #expect(sign.map(\.name) == ["token \"|\""])
  }

  @Test func `a token in nine of ten texts of one class is found behind many rare ones`() throws {
    var finder = TrivialFeatureFinder()
    for index in 0..<120 {
      let isPositive = index < 60
      // Four thousand words that no other text has.
      var text = (0..<4000).map { "w\(index)x\($0)" }.joined(separator: " ")
      if !isPositive || index % 20 == 0 { text = "footer " + text }
      finder.add(Array(text.utf8).span, isPositive: isPositive)
    }
    let found = try #require(finder.finish().first)
    #expect(found.name == "token \"footer\"")
    // Three of the sixty good texts have it too, which may have been forgotten.
    #expect(found.auc >= 0.975 && found.auc <= 1)
  }

  @Test func `what comes near the model is named too`() {
    var turn = 0
    let texts = finder { text, isPositive in
      turn += 1
      return isPositive && turn % 10 < 8 ? text + " marker" : text
    }
    #expect(texts.finish().isEmpty && texts.finish(modelAUC: 0.95).isEmpty)
    let found = texts.finish(modelAUC: 0.9)
    #expect(found.isEmpty || found.allSatisfy { $0.auc >= 0.89 })
    #expect(texts.finish(modelAUC: 0.85).contains { $0.name == "token \"marker\"" })
  }

  @Test func `language that separates is named, and one language is none`() {
    for (other, expected) in [("de", ["language"]), ("en", [])] {
      var generator = SeededGenerator(seed: 15)
      var finder = TrivialFeatureFinder()
      for index in 0..<200 {
        let text = text(Int.random(in: 20...60, using: &generator), &generator)
        finder.add(
          Array(text.utf8).span, isPositive: index % 2 == 0, language: index % 2 == 0 ? "en" : other
        )
      }
      #expect(finder.finish().map(\.name) == expected)
    }
  }

  @Test func `hostile texts are taken without a trap`() {
    var finder = TrivialFeatureFinder()
    for index in 0..<60 {
      var bytes = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ index) }
      if index % 3 == 0 { bytes = [UInt8](repeating: 0xFF, count: 100_000) }
      if index % 3 == 1 { bytes = [] }
      finder.add(bytes.span, isPositive: index % 2 == 0, language: "\(index)\u{1B}")
    }
    for feature in finder.finish(modelAUC: 0.5) {
      #expect(feature.warning.unicodeScalars.allSatisfy { $0.value >= 32 })
    }
    #expect(TrivialFeatureFinder().finish(modelAUC: .nan) == [])
  }
}
