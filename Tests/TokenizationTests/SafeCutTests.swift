import TestSupport
import Testing

@testable import Tokenization

struct SafeCutTests {
  /// Letters of one to four bytes, and what may stand beside them.
  static let alphabet: [Unicode.Scalar] =
    PreTokenizerTests.alphabet + [
      "\u{3001}", "\u{3002}", "\u{FF0C}", "x", "т", "ü", "\u{93E}", "カ",
    ]

  static func ends(_ bytes: ArraySlice<UInt8>, _ pattern: SplitPattern) -> [Int] {
    ReferenceSplitter.ends(of: String(decoding: bytes, as: UTF8.self), pattern)
  }

  @Test(arguments: SplitPattern.allCases.filter(\.hasSafeCuts))
  func `both sides of a cut are split as in the whole text`(pattern: SplitPattern) {
    var generator = SeededGenerator(seed: 31)
    var cutCount = 0
    for round in 0..<1500 {
      var text = ""
      for _ in 0..<(round % 60) {
        let scalar = Self.alphabet.randomElement(using: &generator) ?? " "
        let count = Int.random(in: 0..<6, using: &generator) == 0 ? 4 : 1
        for _ in 0..<count { text.unicodeScalars.append(scalar) }
      }
      let bytes = Array(text.utf8)
      let whole = Self.ends(bytes[...], pattern)
      var offset = 0
      while let cut = SafeCut.first(in: bytes.span, from: offset) {
        #expect(cut >= offset && cut > 0 && cut < bytes.count)
        let parts =
          Self.ends(bytes[..<cut], pattern) + Self.ends(bytes[cut...], pattern).map { $0 + cut }
        #expect(parts == whole, "\(text.debugDescription) at \(cut)")
        offset = cut + 1
        cutCount += 1
      }
    }
    #expect(cutCount > 1000)
  }

  @Test func `ids of the parts are those of the whole`() throws {
    let encoder = try Tokenizer(try EncoderTests.trained(.gpt4)).makeEncoder()
    for seed in 0..<40 as Range<UInt64> {
      let bytes = Array(TextSamples.random(seed: seed, wordCount: 90).joined(separator: " ").utf8)
      var whole: [UInt32] = []
      encoder.encode(bytes.span, into: &whole)
      guard let cut = encoder.safeCut(in: bytes.span, near: bytes.count / 2) else { continue }
      var parts: [UInt32] = []
      encoder.encode(Array(bytes[..<cut]).span, into: &parts)
      encoder.encode(Array(bytes[cut...]).span, into: &parts)
      #expect(parts == whole)
    }
  }

  @Test func `there is no cut where none is known`() throws {
    let encoder = try Tokenizer(try EncoderTests.trained(.none)).makeEncoder()
    #expect(encoder.safeCut(in: Array("ab cd".utf8).span, near: 0) == nil)
    for text in ["", " ", "a", " a", "12 34", ". a", "\u{301} a", "a\u{301}"] {
      #expect(SafeCut.first(in: Array(text.utf8).span, from: 0) == nil)
    }
    #expect(SafeCut.first(in: Array("ab cd".utf8).span, from: 0) == 2)
    #expect(SafeCut.first(in: Array("ab cd".utf8).span, from: 3) == nil)
    #expect(SafeCut.first(in: Array("中文，x".utf8).span, from: -5) == 6)
  }
}
