import FoundationEssentials
import TestSupport
import Testing

@testable import TextAnalysis

struct NormalizeTests {
  private static let plain = Normalize(settings { $0.form = .none })
  private static let standard = Normalize(Normalize.Settings())

  private static func settings(_ change: (inout Normalize.Settings) -> Void) -> Normalize.Settings {
    var settings = Normalize.Settings()
    change(&settings)
    return settings
  }

  /// The text after the step; "" when nothing is left.
  private func modified(_ text: String, by step: Normalize = standard) -> String {
    switch step.modify(AnalyzedText(Array(text.utf8))) {
    case .unchanged: text
    case .replaced(let bytes, _): String(decoding: bytes, as: UTF8.self)
    case .emptied: ""
    }
  }

  private static func equal(_ one: String, _ other: String) -> Bool {
    Array(one.utf8) == Array(other.utf8)
  }

  @Test(arguments: [
    ("plain words\n\nand more", "plain words\n\nand more"),
    ("a\r\nb\rc\u{85}d\u{2028}e\u{2029}f\u{0B}g\u{0C}h", "a\nb\nc\nd\ne\nf\ng\nh"),
    ("nul\u{0}, bell\u{7}, escape\u{1B}[0m, \u{7F}\u{9F}done", "nul, bell, escape[0m, done"),
    ("tab\tstays", "tab\tstays"),
    (
      "soft\u{AD}hyphen, zero\u{200B}width, \u{FEFF}mark, join\u{2060}er",
      "softhyphen, zerowidth, mark, joiner"
    ),
    ("می\u{200C}خواهم 👨\u{200D}👩", "می\u{200C}خواهم 👨\u{200D}👩"),
    ("กา\u{200B}แฟ", "กา\u{200B}แฟ"),
    ("cafe\u{301} e\u{200B}\u{301}", "café é"),
    ("q\u{307}\u{323}", "q\u{323}\u{307}"),
    ("ends  \nin\u{A0}\nblanks\u{3000}", "ends\nin\nblanks"),
    ("a\n\n\n\nb\n \n\t\nc", "a\n\nb\n\nc"),
    (" \n both ends \n\n", "both ends"),
    ("first\n   indented", "first\n   indented"),
    ("x \u{0}\ny", "x\ny"),
    ("\u{0} \u{200B}\r\n", ""), ("", ""),
  ])
  func `texts become what the rules say, and stay so`(text: String, expected: String) {
    let once = modified(text)
    #expect(Self.equal(once, expected), "\(Array(once.unicodeScalars))")
    #expect(Self.equal(modified(once), once))
  }

  @Test func `a setting keeps what it names`() {
    let text = "a\u{1}\u{200B}\u{FEFF}\u{AD}b  \n\n\n\ncafe\u{301}"
    let keeping = Normalize(
      Self.settings {
        ($0.form, $0.controls, $0.zeroWidthSpaces) = (.none, .keep, .keep)
        ($0.byteOrderMarks, $0.softHyphens, $0.tidySpaces) = (.keep, .keep, false)
      })
    #expect(Self.equal(modified(text, by: keeping), text))
    let folding = Normalize(Self.settings { $0.form = .nfkc })
    #expect(modified("ﬁne\u{2003}① ｶﾞ\u{A0}\n.", by: folding) == "fine 1 ガ\n.")
  }

  /// The compiler takes none in a literal.
  private static let noncharacters = String(
    decoding: [0x61, 0xEF, 0xB7, 0x90, 0x62, 0xF0, 0x9F, 0xBF, 0xBF, 0x63] as [UInt8], as: UTF8.self
  )

  @Test(arguments: [
    ("a\u{202E}b\u{2066}c\u{2069}", "abc"), ("a\u{200E}b\u{61C}", "a\u{200E}b\u{61C}"),
    ("x\u{FFF9}y\u{FFFB}", "xy"), (noncharacters, "abc"),
    ("hid\u{E0068}\u{E0069}den", "hidden"), ("\u{E000}icon ❤\u{FE0F}", "\u{E000}icon ❤\u{FE0F}"),
    (
      "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}!",
      "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}!"
    ),
    ("25\u{A0}km a\u{3000}b", "25\u{A0}km a\u{3000}b"),
  ])
  func `what is not seen is taken out, unless writing needs it`(text: String, expected: String) {
    #expect(Self.equal(modified(text), expected), "\(Array(modified(text).unicodeScalars))")
  }

  @Test func `each class is a setting, and what is removed is counted`() {
    let text = "a\r\nb\u{85}c\u{C}d\u{A0}e\u{200D}f\u{200F}g\u{FE0F}h\u{E000}i\u{0}\u{AD}e\u{301}"
    let all = Normalize(
      Self.settings {
        ($0.joiners, $0.directionalMarks, $0.variationSelectors) = (.remove, .remove, .remove)
        ($0.privateUse, $0.unicodeSpaces) = (.remove, .replace)
      })
    #expect(modified(text, by: all) == "a\nb\nc\nd efghi\u{E9}")
    var counts: [String: Int] = [:]
    _ = all.modify(AnalyzedText(Array(text.utf8)), counting: &counts)
    #expect(
      counts == [
        "line-ends-replaced": 3, "spaces-replaced": 1, "joiners-removed": 1,
        "directional-marks-removed": 1, "variation-selectors-removed": 1, "private-use-removed": 1,
        "controls-removed": 1, "soft-hyphens-removed": 1, "documents-brought-into-form": 1,
      ])
    let lines = Normalize(
      Self.settings {
        ($0.carriageReturns, $0.lineSeparators, $0.formFeeds) = (.keep, .keep, .keep)
      })
    #expect(Self.equal(modified("a\rb\u{2028}c\u{C}d", by: lines), "a\rb\u{2028}c\u{C}d"))
  }

  @Test func `text that is right is said to be unchanged, and an empty one to be empty`() {
    for text in ["ASCII only", "Ärger über Öl", "हिन्दी में", "বাংলা ভাষা", "한국어 漢字かな", "😀"] {
      guard case .unchanged = Self.standard.modify(AnalyzedText(Array(text.utf8))) else {
        Issue.record("\(text)")
        continue
      }
    }
    guard case .emptied(.empty) = Self.standard.modify(AnalyzedText([0x20, 0x0A])) else {
      Issue.record("white space is nothing")
      return
    }
  }

  @Test func `random text becomes what the twin makes of it`() {
    let pieces = [
      "a", "word ", "sixteen letters of ASCII ", " ", "\n", "\n\n", "\r\n", "\r", "\t", "\u{0}",
      "é",
      "漢", "😀", "\u{A0}", "\u{3000}", "\u{2028}", "\u{85}", "\u{AD}", "\u{200B}", "ไ", "\u{FEFF}",
      "\u{7F}",
    ]
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<3000 {
      let count = Int.random(in: 0...14, using: &generator)
      let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      let expected = PlainNormalization.normalized(text)
      let result = modified(text, by: Self.plain)
      #expect(Self.equal(result, expected), "\(Array(text.unicodeScalars))")
    }
  }

  @Test func `a speck is found at every place of a long text`() {
    let clean = String(repeating: "Sixteen bytes of ASCII, é and 漢字. ", count: 6)
      .trimmingCharacters(while: { $0 == " " })
    for speck in ["\u{0}", "\r", "  \n", "\n\n\n", "\u{AD}", "\u{2029}"] {
      for offset in 0...clean.count {
        let index = clean.index(clean.startIndex, offsetBy: offset)
        let text = clean[..<index] + speck + clean[index...]
        let expected = PlainNormalization.normalized(String(text))
        #expect(Self.equal(modified(String(text), by: Self.plain), expected))
      }
    }
  }

  @Test func `the whole NormalizationTest passes`() throws {
    guard let path = SharedData.path("unicode/ucd/NormalizationTest.txt") else { return }
    var lineCount = 0
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      guard let first = line.first, first.isHexDigit else { continue }
      let columns = line.split(separator: ";").prefix(5).map { column in
        column.split(separator: " ").flatMap { hex -> [UInt8] in
          let scalar = UInt32(hex, radix: 16).flatMap(Unicode.Scalar.init) ?? "?"
          return Array(String(scalar).utf8)
        }
      }
      guard columns.count == 5 else { continue }
      lineCount += 1
      // NFC: c2 of c1, c2, c3; c4 of c4, c5. NFKC: c4 of all.
      for (index, column) in columns.enumerated() {
        expectForm(column, .nfc, columns[index < 3 ? 1 : 3])
        expectForm(column, .nfkc, columns[3])
      }
    }
    #expect(lineCount > 18_000)
  }

  /// Through the scan and the check, as the step goes: the step would trim a lone space.
  private func expectForm(_ text: [UInt8], _ form: UnicodeNormalizer.Form, _ expected: [UInt8]) {
    var findings: TextScanner.Findings = []
    let scanner = form == .nfc ? Self.nfcScanner : Self.nfkcScanner
    let stop = scanner.scan(text.span, from: 0, &findings)
    var result = text
    if findings.contains(.doubtful), !UnicodeNormalizer.isNormalized(text.span, form) {
      result = UnicodeNormalizer.normalized(text, form)
    }
    if stop != text.count || result != expected { Issue.record("\(text): \(result)") }
  }

  private static let nfcScanner = TextScanner(classes: UnicodeNormalizer.classes(.nfc))
  private static let nfkcScanner = TextScanner(classes: UnicodeNormalizer.classes(.nfkc))

  @Test func `text longer than a piece is normalised as one`() {
    let text = Array(String(repeating: "e\u{301}\u{323}한a\u{300}", count: 50).utf8)
    let whole = UnicodeNormalizer.normalized(text, .nfc)
    for length in 8...40 {
      let pieces = UnicodeNormalizer.pieces(of: text.span, .nfc, maximumByteCount: length)
      let joined = pieces.flatMap { UnicodeNormalizer.normalized(Array(text[$0]), .nfc) }
      #expect(joined == whole)
    }
  }
}

extension String {
  fileprivate func trimmingCharacters(while predicate: (Character) -> Bool) -> String {
    var text = self[...]
    while let last = text.last, predicate(last) { text.removeLast() }
    return String(text)
  }
}
