import ByteKernels
import TestSupport
import Testing
import TextAnalysis

@testable import QualityModel

struct SparkFeaturesTests {
  /// The features of a text and their counts, ascending.
  func features(_ text: [UInt8], _ featureCount: Int) -> [FeatureEntry] {
    let extractor = FeatureExtractor(
      FeatureSettings(
        pipeline: .spark, featureCount: featureCount, termWeight: .count, normalization: .none))
    var scratch = extractor.makeScratch()
    return extractor.entries(text, &scratch)
  }

  @Test func `terms have Spark's hash and indices`() throws {
    guard let terms = try SparkVectors.lines("hashingtf_terms.jsonl", as: SparkVectors.Term.self)
    else { return }
    #expect(terms.count == 2000)
    for term in terms {
      let bytes = Array(term.term.utf8)
      #expect(Int32(bitPattern: Murmur3.hash32(bytes.span)) == term.h32, "\(term.term)")
      let indices = [(1 << 18, term.i262144), (1 << 20, term.i1048576), (1000, term.i1000)]
      for (count, index) in indices {
        #expect(HashingTF(featureCount: count).index(bytes.span) == index, "\(term.term)")
      }
    }
  }

  @Test(arguments: [1, 1000, 1 << 18])
  func `texts have the features of the tokens Spark gives`(featureCount: Int) throws {
    guard let rows = try SparkVectors.lines("tokenizers.jsonl", as: SparkVectors.Tokens.self)
    else { return }
    #expect(rows.count == 314)
    for row in rows {
      guard let text = row.text, let tokens = row.tokenizer else { continue }
      let expected = SparkReference.entries(tokens, featureCount)
      #expect(features(Array(text.utf8), featureCount) == expected, "\(text.debugDescription)")
    }
  }

  @Test(arguments: [
    ("", [""]), (" ", []), ("a", ["a"]), (" a", ["", "a"]), ("a \n b  ", ["a", "", "", "b"]),
    ("A\u{A0}B", ["a\u{A0}b"]), ("\u{1C}x\u{0B}Y", ["\u{1C}x", "y"]), ("ΟΔΟΣ", ["οδος"]),
    ("Σ ΣΑΣ. ΑΣ-Α", ["σ", "σας.", "ασ-α"]), ("Α'Σ", ["α'ς"]), ("ΑΣ\u{301}Σ", ["ασ\u{301}ς"]),
    ("İI", ["i\u{307}i"]),
  ])
  func `tokens are Java's`(text: String, tokens: [String]) {
    let expected = SparkReference.entries(tokens, 1 << 18)
    #expect(features(Array(text.utf8), 1 << 18) == expected)
  }

  @Test func `every length and alignment gives the tokens of the reference`() {
    var generator = SeededGenerator(seed: 5)
    let alphabet = Array("abzABZ@[`{09 \t\n\u{0B}\r\u{1C}é日İßЖ".unicodeScalars)
    for length in 0...130 {
      for _ in 0..<6 {
        let scalars = (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "a" }
        let text = String(String.UnicodeScalarView(scalars))
        let expected = SparkReference.entries(SparkReference.tokens(text), 1000)
        #expect(features(Array(text.utf8), 1000) == expected, "\(text.debugDescription)")
      }
    }
  }
}
