import TestSupport
import Testing
import TextAnalysis

struct WhitespaceWordsTests {
  @Test(arguments: [
    ("", []),
    (" a  b\tc\r\nd ", ["a", "b", "c", "d"]),
    ("a\u{A0}b\u{85}c\u{2003}d\u{3000}e\u{1680}f", ["a", "b", "c", "d", "e", "f"]),
    ("a\u{1C}b\u{1F}c", ["a", "b", "c"]),
    ("a\u{200B}b\u{FEFF}c", ["a\u{200B}b\u{FEFF}c"]),
    ("don't stop-now, é.", ["don't", "stop-now,", "é."]),
  ])
  func `words lie between white space`(text: String, expected: [String]) {
    #expect(UnicodeWordsTests.words(text, .whitespace) == expected)
  }

  @Test func `random text is split and counted as the slow twin does`() {
    var generator = SeededGenerator(seed: 3)
    let alphabet: [UInt32] = [
      0x20, 0x20, 0x0A, 0x0D, 0x09, 0x0B, 0x1C, 0x1E, 0x85, 0xA0, 0x1680, 0x2009, 0x2028, 0x205F,
      0x3000,
      0x61, 0x62, 0x2E, 0xC0, 0x20AC, 0x3042, 0x1F600, 0xE000,
    ]
    for length in 0...130 {
      let scalars = (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? 0x20 }
      let words = SlowWords.whitespace(scalars)
      #expect(
        UnicodeWordsTests.found(scalars, .whitespace) == UnicodeWordsTests.expected(scalars, words))
      let lines = SlowWords.lines(scalars)
      let text = AnalyzedText(UnicodeWordsTests.bytes(scalars))
      let expected = UnicodeWordsTests.expected(scalars, lines)
      #expect(
        text.lines.map { [$0.lowerBound, $0.upperBound] } == expected.map { [$0[0], $0[1]] })
      #expect(text.scalarCount == length)
    }
  }

  @Test(arguments: [
    ("", []), ("a", ["a"]), ("a\n", ["a"]), ("\n", [""]),
    ("a\r\nb\rc\u{2028}d", ["a", "b", "c", "d"]),
    ("\r\n\r\n", ["", ""]), ("a\u{B}b\u{C}c\u{1D}d\u{85}e", ["a", "b", "c", "d", "e"]),
    ("“quoted”\u{A0}line\n…", ["“quoted”\u{A0}line", "…"]),
  ])
  func `lines end where Python's splitlines ends them`(text: String, expected: [String]) {
    let bytes = Array(text.utf8)
    let lines = AnalyzedText(bytes).lines.map { String(decoding: bytes[$0], as: UTF8.self) }
    #expect(lines == expected)
  }

  @Test func `letters of scripts without spaces are counted apart`() {
    let counts = AnalyzedText(Array("漢字かな ไทย abc é 1".utf8)).letterCounts
    #expect(counts.letterCount == 11)
    #expect(counts.unspacedLetterCount == 7)
    #expect(counts.isMostlyUnspaced)
  }
}
