import TestSupport

/// Seeded documents with exact copies, edited copies, chains of edits and short texts among them.
enum SmallCorpus {
  static func items(count: Int, seed: UInt64) -> [SlowDeduplication.Item] {
    var generator = SeededGenerator(seed: seed)
    var words: [[String]] = []
    for _ in 0..<count {
      let kind = Int.random(in: 0..<10, using: &generator)
      guard kind >= 4, let source = words.randomElement(using: &generator) else {
        let length = kind == 0 ? Int.random(in: 0...5, using: &generator) : 120
        let vocabulary = kind == 0 ? 2 : 5000
        words.append(RandomText.words(count: length, vocabulary: vocabulary, using: &generator))
        continue
      }
      words.append(edited(source, times: kind == 4 ? 0 : kind - 4, using: &generator))
    }
    return words.enumerated().map { index, words in
      let score = Double(Int.random(in: 0..<4, using: &generator)) / 4
      return .init(id: "doc \"\(index)\"", text: words.joined(separator: " "), score: score)
    }
  }

  private static func edited(
    _ words: [String], times: Int, using generator: inout SeededGenerator
  ) -> [String] {
    var edited = words
    for _ in 0..<times where !edited.isEmpty {
      let place = Int.random(in: 0..<edited.count, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: edited[place] = "e\(Int.random(in: 0..<5000, using: &generator))"
      case 1: edited.remove(at: place)
      default: edited.insert("i\(Int.random(in: 0..<5000, using: &generator))", at: place)
      }
    }
    return edited
  }
}
