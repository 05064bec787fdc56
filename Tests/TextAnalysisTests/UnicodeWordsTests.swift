import TestSupport
import Testing
import TextAnalysis

struct UnicodeWordsTests {
  static func words(_ text: String, _ definition: WordDefinition = .unicode) -> [String] {
    let bytes = Array(text.utf8)
    return AnalyzedText(bytes).words(definition).map {
      String(decoding: bytes[$0.range], as: UTF8.self)
    }
  }

  /// Byte ranges and scalar counts of a slow splitter's scalar ranges.
  static func expected(_ scalars: [UInt32], _ ranges: [Range<Int>]) -> [[Int]] {
    var offsets = [0]
    for scalar in scalars {
      offsets.append(
        offsets[offsets.count - 1] + (Unicode.Scalar(scalar).map { UTF8.width($0) } ?? 0))
    }
    return ranges.map { [offsets[$0.lowerBound], offsets[$0.upperBound], $0.count] }
  }

  static func found(_ scalars: [UInt32], _ definition: WordDefinition) -> [[Int]] {
    AnalyzedText(bytes(scalars)).words(definition).map {
      [Int($0.start), Int($0.end), Int($0.scalarCount)]
    }
  }

  static func bytes(_ scalars: [UInt32]) -> [UInt8] {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars.compactMap(Unicode.Scalar.init))
    return Array(String(text).utf8)
  }

  @Test(arguments: [
    ("", []),
    ("   \n\t ", []),
    ("Hello, world!", ["Hello", ",", "world", "!"]),
    ("can't U.S.A. 3.14 1,000.5 a.1", ["can't", "U.S.A", ".", "3.14", "1,000.5", "a", ".", "1"]),
    ("foo_bar e-mail x:y ::", ["foo_bar", "e", "-", "mail", "x:y", "::"]),
    ("l'été c'est déjà", ["l'été", "c'est", "déjà"]),
    ("日本語のテキスト。", ["日", "本", "語", "の", "テキスト", "。"]),
    ("สวัสดี", ["ส", "วั", "ส", "ดี"]),
    ("한국어 텍스트", ["한국어", "텍스트"]),
    ("🇩🇪🇫🇷 👩‍👩‍👧 ok", ["🇩🇪", "🇫🇷", "👩‍👩‍👧", "ok"]),
    ("10\u{202F}000\u{202F}!", ["10\u{202F}000", "!"]),
    (" \u{308}x", ["\u{308}", "x"]),
    ("א' א\"ב", ["א'", "א\"ב"]),
    ("wait...--- --!? 。。", ["wait", "...", "---", "--", "!", "?", "。。"]),
    ("word\u{A0}word\u{3000}word", ["word", "word", "word"]),
  ])
  func `words lie between the boundaries, white space left out`(text: String, expected: [String]) {
    #expect(Self.words(text) == expected)
  }

  @Test func `the cases of Unicode's own word-break test hold, at every place in a block`() {
    var caseCount = 0
    for line in WordBreakCases.text.split(separator: "\n") {
      caseCount += 1
      var scalars: [UInt32] = []
      var places: [Int] = []
      for item in line.split(omittingEmptySubsequences: true, whereSeparator: { $0 == "+" }) {
        for (number, part) in item.split(separator: "|", omittingEmptySubsequences: false)
          .enumerated()
        {
          if number > 0 { places.append(scalars.count) }
          if let scalar = UInt32(part, radix: 16) { scalars.append(scalar) }
        }
      }
      #expect(SlowWords.boundaries(scalars) == places, "\(line)")
      let ranges = SlowWords.unicode(scalars)
      #expect(Self.found(scalars, .unicode) == Self.expected(scalars, ranges), "\(line)")
      let shift = caseCount % 66
      let shifted = [UInt32](repeating: 0x20, count: shift) + scalars + [0x20, 0x61]
      let inText = SlowWords.unicode(shifted)
      #expect(Self.found(shifted, .unicode) == Self.expected(shifted, inText), "\(line)")
    }
    #expect(caseCount == 1823)
  }

  @Test(arguments: [0x20...0x7E, 0x00...0x7F, 0x00...0x2FF] as [ClosedRange<UInt32>])
  func `random text is cut as the rules cut it`(range: ClosedRange<UInt32>) {
    var generator = SeededGenerator(seed: 11)
    let rare: [UInt32] = [
      0x300, 0x200D, 0xAD, 0x5D0, 0x30AB, 0x1F1E6, 0x1F1E7, 0x1F600, 0x202F, 0x3000, 0x4E00, 0x2028,
    ]
    let joints = Array("..,:;'\"_ \r\na1--\0\u{B7}——".unicodeScalars.map(\.value))
    for length in 0...130 {
      for _ in 0..<3 {
        let scalars = (0..<length).map { _ -> UInt32 in
          switch Int.random(in: 0..<20, using: &generator) {
          case 0 where range.upperBound > 0x7F: rare.randomElement(using: &generator) ?? 0
          case 1..<14: joints.randomElement(using: &generator) ?? 0
          default: UInt32.random(in: range, using: &generator)
          }
        }
        let ranges = SlowWords.unicode(scalars)
        #expect(Self.found(scalars, .unicode) == Self.expected(scalars, ranges), "\(scalars)")
      }
    }
  }

  @Test func `a word knows whether it holds a letter and whether it is punctuation only`() {
    let text = Array("ab 12 _ __1 …x … é ! 语 \u{200B} !".utf8)
    let facts = AnalyzedText(text).words(.unicode).map { Int($0.facts.rawValue) }
    #expect(facts == [3, 2, 0, 2, 0, 3, 0, 3, 0, 3, 2, 0])
  }
}
