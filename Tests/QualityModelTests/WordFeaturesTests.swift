import FoundationEssentials
import TestSupport
import Testing

@testable import QualityModel

struct WordFeaturesTests {
  private func extractor(_ featureCount: Int, _ weight: TermWeight) -> FeatureExtractor {
    FeatureExtractor(
      FeatureSettings(
        pipeline: .words, featureCount: featureCount, termWeight: weight, normalization: .euclidean)
    )
  }

  @Test(arguments: [
    ("", []), (" \t\n\u{0}\u{7F}\u{A0}\u{3000}\u{200B}", []),
    (
      "The cat's 3rd-best Word_2.",
      ["the", "cat", "'", "s", "3rd", "-", "best", "word", "_", "2", "."]
    ),
    ("@`[{]}", ["@", "`", "[", "{", "]", "}"]),
    ("ÉCOLE Straße ΣΟΦΟΣ Жар", ["école", "straße", "σοφοσ", "жар"]),
    ("“quoted” — so…", ["“", "quoted", "”", "—", "so", "…"]),
    ("日本語とEnglish混在", ["日", "本", "語", "と", "english", "混", "在"]),
    ("ภาษา", ["ภ", "า", "ษ", "า"]), ("한국어 문장", ["한국어", "문장"]), ("ﬁn ＡＢ１", ["ﬁn", "ａｂ１"]),
    ("İstanbul K Ⱥ", ["istanbul", "k", "ⱥ"]), ("👍🏽x\u{FFFD}", ["👍", "🏽", "x", "\u{FFFD}"]),
    ("हिन्दी العربية", ["हिन्दी", "العربية"]), ("abcdefgh abcdefghi", ["abcdefgh", "abcdefghi"]),
  ])
  func `words are runs of letters and digits, and every other visible character`(
    text: String, words: [String]
  ) {
    #expect(WordReference.words(text) == words)
    let extractor = extractor(1 << 18, .count)
    var scratch = extractor.makeScratch()
    let entries = extractor.entries(Array(text.utf8), &scratch)
    #expect(entries == WordReference.entries(words, 1 << 18))
  }

  @Test(arguments: [1, 1000, 1 << 18])
  func `every length and alignment gives the features of the reference`(featureCount: Int) {
    var generator = SeededGenerator(seed: 11)
    let alphabet = Array("aZ09 .,_\n\u{0}@éÉßΣ日本ก。“\u{300}𝒳😀\u{200B}ŁⱥꙀ".unicodeScalars)
    let ascii = Array("abcdefXYZ019  .-\n".unicodeScalars)
    let extractor = extractor(featureCount, .count)
    var scratch = extractor.makeScratch()
    for length in 0...130 {
      for round in 0..<8 {
        let letters = round < 4 ? ascii : alphabet
        let scalars = (0..<length).map { _ in letters.randomElement(using: &generator) ?? "a" }
        let text = String(String.UnicodeScalarView(scalars))
        let expected = WordReference.entries(WordReference.words(text), featureCount)
        #expect(
          extractor.entries(Array(text.utf8), &scratch) == expected, "\(text.debugDescription)")
      }
    }
  }

  @Test func `long runs across many blocks give the features of the reference`() {
    let extractor = extractor(1 << 18, .count)
    var scratch = extractor.makeScratch()
    for unit in ["a", "é", "日", "aé", "x.", "-", "b "] {
      for count in [63, 64, 65, 127, 128, 129, 400] {
        let text = String(repeating: unit, count: count)
        let expected = WordReference.entries(WordReference.words(text), 1 << 18)
        #expect(extractor.entries(Array(text.utf8), &scratch) == expected, "\(unit) × \(count)")
      }
    }
  }

  @Test func `a binary set holds the same features as one that counts`() {
    let text = Array("to be or not to be".utf8)
    let (counting, binary) = (extractor(1 << 18, .count), extractor(1 << 18, .binary))
    var scratches = (counting.makeScratch(), binary.makeScratch())
    let counted = counting.entries(text, &scratches.0)
    #expect(
      binary.entries(text, &scratches.1) == counted.map { .init(feature: $0.feature, count: 1) })
    #expect(counted.contains { $0.count == 2 }, "\(counted)")
  }

  @Test func `bytes that are not UTF-8 do no harm`() {
    var generator = SeededGenerator(seed: 23)
    for pipeline in FeaturePipeline.allCases {
      let extractor = FeatureExtractor(
        FeatureSettings(
          pipeline: pipeline, featureCount: 100, termWeight: .count, normalization: .none))
      var scratch = extractor.makeScratch()
      for length in 0...200 {
        let bytes = (0..<length).map { _ in UInt8.random(in: 0x60...0xFF, using: &generator) }
        let first = extractor.entries(bytes, &scratch)
        #expect(extractor.entries(bytes, &scratch) == first)
      }
    }
  }
}
