import Curation
import TestSupport
import Testing
import TextAnalysis

struct GopherRepetitionTests {
  /// Words that do not repeat, ten letters each.
  static func fresh(_ count: Int, from first: Int = 0) -> [String] {
    (first..<(first + count)).map { number in
      var rest = number * 7919 + 104_729
      return String(
        (0..<10).map { _ in
          defer { rest = rest / 26 + rest % 26 * 457 }
          return Character(Unicode.Scalar(UInt8(97 + rest % 26)))
        })
    }
  }

  static func text(_ words: [String]) -> String { words.joined(separator: " ") }

  /// Two runs of n words that each come twice among fresh words, `wordCount` words in all.
  static func repeating(_ length: Int, wordCount: Int) -> String {
    let runs = [fresh(length, from: 5000), fresh(length, from: 6000)]
    let between = (wordCount - 4 * length) / 4
    return text(
      (0..<4).flatMap { part in runs[part % 2] + fresh(between, from: 1000 * part) })
  }

  static let examples: [(String, GopherRepetition.Reason?)] = [
    (text(fresh(100)), nil),
    (fresh(60).joined(separator: "\n"), nil),
    ("", .emptyText),
    ("one two", .top2Gram),
    (
      (fresh(10) + Array(repeating: "ab", count: 7)).joined(separator: "\n\n"), .duplicateParagraphs
    ),
    (
      ([text(fresh(30))] + fresh(8, from: 100) + [text(fresh(30))]).joined(separator: "\n\n"),
      .duplicateParagraphCharacters
    ),
    ((fresh(10) + Array(repeating: "ab", count: 6)).joined(separator: "\n"), .duplicateLines),
    (
      ([text(fresh(30))] + fresh(8, from: 100) + [text(fresh(30))]).joined(separator: "\n"),
      .duplicateLineCharacters
    ),
    (text(fresh(20).flatMap { ["abcde fghij", $0, $0 + "x"] }), .top2Gram),
    (text(fresh(30).flatMap { ["abc def ghi", $0, $0 + "x", $0 + "y"] }), .top3Gram),
    (text(fresh(30).flatMap { ["ab cd ef gh", $0, $0 + "x", $0 + "y"] }), .top4Gram),
    (repeating(5, wordCount: 55), .duplicate5Grams),
    (repeating(6, wordCount: 70), .duplicate6Grams),
    (repeating(7, wordCount: 88), .duplicate7Grams),
    (repeating(8, wordCount: 110), .duplicate8Grams),
    (repeating(9, wordCount: 135), .duplicate9Grams),
    (repeating(10, wordCount: 165), .duplicate10Grams),
  ]

  @Test(arguments: examples)
  func `the first rule that fails gives the reason`(
    text: String, expected: GopherRepetition.Reason?
  ) throws {
    let filter = try GopherRepetition(.init())
    let analyzed = AnalyzedText(Array(text.utf8))
    #expect(filter.reasonToDrop(analyzed) == expected)
    #expect(filter.reasonToDrop(analyzed) == expected)
  }

  @Test func `every reason has an example`() {
    #expect(Set(Self.examples.compactMap(\.1)) == Set(GopherRepetition.Reason.allCases))
  }

  @Test func `null turns a rule off`() throws {
    var settings = GopherRepetition.Settings()
    settings.maximumTop2GramShare = nil
    let filter = try GopherRepetition(settings)
    #expect(filter.reasonToDrop(AnalyzedText(Array("one two".utf8))) == nil)
  }

  @Test func `words run together where their letters are the same, as in datatrove`() throws {
    var settings = GopherRepetition.Settings()
    settings.words = .whitespace
    settings.maximumTop2GramShare = nil
    settings.maximumTop3GramShare = nil
    settings.maximumTop4GramShare = nil
    let filter = try GopherRepetition(settings)
    let other = Self.fresh(8) + ["ab", "c", "def", "gh", "ij"] + Self.fresh(8, from: 50)
    let text = Self.text(other + ["a", "bc", "de", "fg", "hij"])
    let words = AnalyzedText(Array(text.utf8)).words(.whitespace)
    #expect(filter.reasonToDrop(AnalyzedText(Array(text.utf8)), words: words) == nil)
    #expect(SlowGopher.repeatedLength(text.split(separator: " ").map(Self.scalars), 5) == 10)
    settings.maximumDuplicate5GramShare = 0.04
    let strict = try GopherRepetition(settings)
    #expect(strict.reasonToDrop(AnalyzedText(Array(text.utf8)), words: words) == .duplicate5Grams)
  }

  static func scalars(_ text: some StringProtocol) -> [UInt32] { text.unicodeScalars.map(\.value) }

  @Test func `random repetitive text gets the slow twin's verdict`() throws {
    var generator = SeededGenerator(seed: 5)
    let filter = try GopherRepetition(.init())
    var seen: Set<GopherRepetition.Reason?> = []
    for _ in 0..<100 {
      let vocabulary = Self.fresh(Int.random(in: 3...400, using: &generator)).map { word in
        String(word.prefix(Int.random(in: 1...10, using: &generator)))
      }
      let separators = [" ", " ", " ", " ", " ", " ", "é ", ", ", "\n", "\n\n", " 。"]
      var text = ""
      var past: [String] = []
      for _ in 0..<Int.random(in: 0...300, using: &generator) {
        if past.count > 20, Int.random(in: 0..<60, using: &generator) == 0 {
          let start = Int.random(in: 0..<(past.count - 12), using: &generator)
          text += past[start..<(start + 12)].joined(separator: " ") + " "
        }
        let word = vocabulary.randomElement(using: &generator) ?? "x"
        past.append(word)
        text += word + (separators.randomElement(using: &generator) ?? " ")
      }
      let bytes = Array(text.utf8)
      let analyzed = AnalyzedText(bytes)
      let words = analyzed.words(.unicode).map {
        Self.scalars(String(decoding: bytes[$0.range], as: UTF8.self))
      }
      let expected = SlowGopher.repetition(Self.scalars(text), words: words)
      #expect(filter.reasonToDrop(analyzed) == expected, "\(text)")
      seen.insert(expected)
    }
    #expect(seen.count > 5)
  }
}
