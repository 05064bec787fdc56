import TestSupport

@testable import QualityModel

/// Made-up good and bad texts that share some words.
enum SampleTexts {
  private static let good = [
    "river", "stone", "winter", "letter", "history", "measure", "Bäume", "水",
  ]
  private static let bad = ["click", "buy", "login", "$$$", "free!!!", "cookie", "WIN", "»"]
  private static let both = ["the", "a", "of", "and", "in", "page", "we", "it", ".", ","]

  static func examples(_ count: Int, seed: UInt64) -> [LabelledText] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { index in
      let isPositive = index % 2 == 0
      let words = (0..<Int.random(in: 5...60, using: &generator)).compactMap { _ -> String? in
        let draw = Int.random(in: 0..<20, using: &generator)
        let list = draw < 15 ? both : (draw < 19) == isPositive ? good : bad
        return list.randomElement(using: &generator)
      }
      return LabelledText(text: Array(words.joined(separator: " ").utf8), label: isPositive ? 1 : 0)
    }
  }
}
