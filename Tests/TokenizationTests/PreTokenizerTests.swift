import TestSupport
import Testing

@testable import Tokenization

struct PreTokenizerTests {
  static func pieces(_ text: String, _ pattern: SplitPattern) -> [String] {
    let bytes = Array(text.utf8)
    var start = 0
    return PieceEnds.ends(of: bytes.span, pattern).map { end in
      defer { start = end }
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }
  }

  /// The pieces are those tiktoken 0.14 gives.
  @Test(arguments: [
    ("", []),
    ("Hello world", ["Hello", " world"]),
    ("don't", ["don", "'t"]),
    ("WE'LL", ["WE", "'LL"]),
    ("he'sx", ["he", "'s", "x"]),
    ("it'\u{17F} a", ["it", "'\u{17F}", " a"]),
    (" 's", [" '", "s"]),
    ("''s", ["''", "s"]),
    ("1234567 89", ["123", "456", "7", " ", "89"]),
    ("٣٤٥٦", ["٣٤٥", "٦"]),
    (".x ..y", [".x", " ..", "y"]),
    ("e\u{301}a", ["e", "\u{301}a"]),
    ("a\n\n  b", ["a", "\n\n", " ", " b"]),
    ("a  \n \n b", ["a", "  \n \n", " b"]),
    ("end!\n\n x", ["end", "!\n\n", " x"]),
    ("a \n  ", ["a", " \n  "]),
    ("a\u{A0}b", ["a", "\u{A0}b"]),
    ("\u{A0}!", ["\u{A0}", "!"]),
    ("a\u{2028}\u{2028}b", ["a", "\u{2028}", "\u{2028}b"]),
    ("👩‍👩‍👧 ok", ["👩‍👩‍👧", " ok"]),
    ("\t\t(", ["\t", "\t", "("]),
  ])
  func `gpt4 splits as its pattern says`(text: String, expected: [String]) {
    #expect(Self.pieces(text, .gpt4) == expected)
  }

  @Test(arguments: [
    ("don't WE'LL", ["don", "'t", " WE", "'", "LL"]),
    ("12345 67", ["12345", " 67"]),
    ("a\n\n b", ["a", "\n\n", " b"]),
    ("a!\n", ["a", "!", "\n"]),
    ("a  ", ["a", "  "]),
  ])
  func `gpt2 splits as its pattern says`(text: String, expected: [String]) {
    #expect(Self.pieces(text, .gpt2) == expected)
  }

  @Test(arguments: [
    ("a \n  ", ["a", " \n", "  "]), ("a  ", ["a", "  "]), ("a\n", ["a", "\n"]),
  ])
  func `llama3 cuts white space at the end after its last newline`(
    text: String, expected: [String]
  ) {
    #expect(Self.pieces(text, .llama3) == expected)
  }

  @Test(arguments: [
    ("HelloWorld it'sX", ["Hello", "World", " it's", "X"]),
    ("日ABC日ABc", ["日ABC日ABc"]),
    ("日ABC's x", ["日", "ABC's", " x"]),
    ("!\n/\n//a", ["!\n/\n//", "a"]),
    ("❤\u{FE0F}x !\u{301}x", ["❤\u{FE0F}x", " !\u{301}", "x"]),
  ])
  func `gpt4o splits as its pattern says`(text: String, expected: [String]) {
    #expect(Self.pieces(text, .gpt4o) == expected)
  }

  @Test func `capitals that lie across blocks belong to one word`() {
    for count in 58...68 {
      let run = String(repeating: "Ａ", count: count)
      for text in ["文\(run)e", "文\(run)", "x文\(run)'s"] {
        let ends = PieceEnds.ends(of: Array(text.utf8).span, .gpt4o)
        #expect(ends == ReferenceSplitter.ends(of: text, .gpt4o), "\(count)")
      }
    }
  }

  @Test(arguments: [
    ("a1234b 5", ["a", "123", "4", "b", " ", "5"]),
    ("#foo !bar é", ["#foo", " !", "bar", " é"]),
    ("!aé", ["!a", "é"]),
    ("ア・イ漢字x", ["ア", "・", "イ漢字", "x"]),
    ("a\u{200D}\u{200D}b \u{1}", ["a", "\u{200D}", "\u{200D}b", " ", "\u{1}"]),
    ("x  日", ["x", "  ", "日"]),
  ])
  func `deepseek-v3 splits as its three patterns say`(text: String, expected: [String]) {
    #expect(Self.pieces(text, .deepseekV3) == expected)
  }

  @Test func `none leaves the text whole`() {
    #expect(Self.pieces("a b\nc", .none) == ["a b\nc"])
    #expect(Self.pieces("", .none) == [])
  }

  /// Scalars that the patterns tell apart, with one to four bytes each where there are any.
  static let alphabet: [Unicode.Scalar] = [
    "a", "S", "s", "l", "v", "e", "r", "'", "'", "7", ".", "-", " ", " ", "\n", "\r", "\t",
    "\u{85}",
    "\u{A0}", "é", "\u{17F}", "\u{301}", "٣", "’", "\u{2028}", "\u{3000}", "中", "Ⅷ", "\u{200D}",
    "👩",
    "𝒳", "𝟗", "\u{0}",
  ]

  /// One scalar for each way in which a pattern can see it.
  static let representatives: [Unicode.Scalar] = [
    "a", "B", "s", "'", "7", "!", "/", " ", "\n", "\t", "\u{1}", "\u{A0}", "é", "Δ", "\u{17F}",
    "\u{1C5}", "\u{301}", "ʰ", "中", "ア", "゛", "・", "\u{3040}", "\u{3099}", "٣", "Ⅷ", "’",
    "\u{AD}", "\u{2028}", "\u{2581}", "\u{200D}", "👩", "𝒳", "𐐀", "𐐨", "𝟗", "\u{E0001}",
    "\u{1D165}", "\u{378}",
  ]

  @Test(arguments: SplitPattern.allCases)
  func `scalars of different kinds are split as by the reference, side by side`(
    pattern: SplitPattern
  ) {
    var generator = SeededGenerator(seed: 23)
    for a in Self.representatives {
      for b in Self.representatives {
        var text = String(String.UnicodeScalarView([a, b]))
        for _ in 0..<2 {
          let found = PieceEnds.ends(of: Array(text.utf8).span, pattern)
          if found != ReferenceSplitter.ends(of: text, pattern) {
            Issue.record("\(text.debugDescription) by \(pattern.rawValue)")
          }
          for _ in 0..<Int.random(in: 1...6, using: &generator) {
            let next = Self.representatives.randomElement(using: &generator) ?? " "
            text.unicodeScalars.append(next)
          }
        }
      }
    }
  }

  @Test(arguments: SplitPattern.allCases)
  func `random texts are split as by the reference, at every length`(pattern: SplitPattern) {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<1300 {
      let wide = round % 3 == 0
      let length = round % 131
      var text = ""
      while text.utf8.count < length {
        let choice = wide ? Self.alphabet : Array(Self.alphabet[..<17])
        let scalar = choice.randomElement(using: &generator) ?? " "
        let count = Int.random(in: 0..<8, using: &generator) == 0 ? 9 : 1
        for _ in 0..<count { text.unicodeScalars.append(scalar) }
      }
      let found = PieceEnds.ends(of: Array(text.utf8).span, pattern)
      #expect(found == ReferenceSplitter.ends(of: text, pattern), "\(text.debugDescription)")
    }
  }

  @Test(arguments: SplitPattern.allCases)
  func `long runs are split as by the reference across blocks`(pattern: SplitPattern) {
    for scalar in Self.alphabet {
      for lead in ["", "a", "'", "\n", " "] {
        for length in [64, 191] {
          for tail in ["", "B", "\n", " x", "'s"] {
            let run = String(String.UnicodeScalarView(repeatElement(scalar, count: length)))
            let text = lead + run + tail
            let found = PieceEnds.ends(of: Array(text.utf8).span, pattern)
            #expect(found == ReferenceSplitter.ends(of: text, pattern))
          }
        }
      }
    }
  }

  @Test func `bytes that are not UTF-8 are split somehow and all of them`() {
    var generator = SeededGenerator(seed: 5)
    for length in 0..<400 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      for pattern in SplitPattern.allCases {
        let ends = PieceEnds.ends(of: bytes.span, pattern)
        #expect(ends.last ?? 0 == length)
        #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 < $1 })
      }
    }
  }
}
