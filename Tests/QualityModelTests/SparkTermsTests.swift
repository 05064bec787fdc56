import ByteKernels
import TestSupport
import Testing
import TextAnalysis

@testable import QualityModel

struct SparkTermsTests {
  struct TokenRow: Decodable {
    struct Parameters: Decodable {
      let pattern: String?
      let gaps: Bool?
      let minTokenLength: Int?
      let toLowercase: Bool?
    }
    let params: [String: Parameters]?
    let text: String?
    let tokenizer: [String]?
    let regex_default: [String]?
    let regex_W: [String]?
    let regex_W_min3: [String]?
    let regex_match_w: [String]?
    let regex_nolower: [String]?
    let regex_pL: [String]?

    var tokens: [String: [String]?] {
      [
        "tokenizer": tokenizer, "regex_default": regex_default, "regex_W": regex_W,
        "regex_W_min3": regex_W_min3, "regex_match_w": regex_match_w,
        "regex_nolower": regex_nolower, "regex_pL": regex_pL,
      ]
    }
  }

  private func terms(_ text: String, _ terms: SparkTerms) -> [String] {
    let extractor = FeatureExtractor(
      FeatureSettings(
        terms: .spark(terms), featureCount: 1 << 20, termWeight: .count, normalization: .none))
    var scratch = extractor.makeScratch()
    var found: [String] = []
    var features: [Int] = []
    let bytes = Array(text.utf8)
    extractor.forEachTerm(bytes.span, &scratch.terms) {
      found.append(String(copying: $0))
      features.append($1)
    }
    #expect(extractor.entries(bytes, &scratch) == FeatureEntry.counted(features))
    return found
  }

  @Test func `tokenizers give Spark's tokens`() throws {
    guard let rows = try SparkVectors.lines("tokenizers.jsonl", as: TokenRow.self),
      let parameters = rows.first?.params
    else { return }
    #expect(rows.count == 314 && parameters.count == 7)
    for (name, settings) in parameters {
      let tokenizer =
        name == "tokenizer"
        ? SparkTokenizer.whitespace
        : SparkTokenizer(
          pattern: try JavaPattern(try #require(settings.pattern)),
          matchesGaps: try #require(settings.gaps as Bool?),
          minimumLength: try #require(settings.minTokenLength),
          makesLowercase: try #require(settings.toLowercase as Bool?))
      for row in rows.dropFirst() {
        let text = try #require(row.text)
        let expected = try #require(row.tokens[name] ?? nil)
        let found = terms(text, SparkTerms(tokenizer: tokenizer))
        #expect(
          found.map { Array($0.utf8) } == expected.map { Array($0.utf8) },
          "\(name): \(text.debugDescription)")
      }
    }
  }

  @Test func `the hash of Spark 2 is Spark's`() throws {
    struct Term: Decodable {
      let term: String
      let legacy2x_i1048576: Int
    }
    guard let terms = try SparkVectors.lines("hashingtf_terms.jsonl", as: Term.self) else { return }
    for term in terms {
      let hash = Murmur3.legacySparkHash32(Array(term.term.utf8).span)
      #expect(HashingTF.index(hash: hash, featureCount: 1 << 20) == term.legacy2x_i1048576)
    }
  }

  @Test(arguments: [
    ("a b c d", 2, ["a b", "b c", "c d"]), ("a b c", 3, ["a b c"]), ("a b", 3, []), ("", 1, [""]),
    ("", 2, []), ("a  b", 2, ["a ", " b"]), (" ", 1, []), ("a b", 1, ["a", "b"]),
  ])
  func `n-grams are neighbours joined by spaces`(text: String, count: Int, expected: [String]) {
    #expect(terms(text, SparkTerms(tokenizer: .whitespace, wordCount: count)) == expected)
  }

  @Test(arguments: [1, 2, 3, 1000, 1 << 18, 1 << 30, Int(Int32.max) - 1, Int(Int32.max)])
  func `any number of features takes any bytes as a term`(featureCount: Int) {
    let hashing = HashingTF(featureCount: featureCount)
    for term in ["", "a", "a\r", " ", "\u{0}", "\r\n", "é", "日本語"].map({ Array($0.utf8) }) + [
      [0xFF, 0xFE]
    ] {
      let hash = Int(Int32(bitPattern: Murmur3.hash32(term.span)))
      let expected = ((hash % featureCount) + featureCount) % featureCount
      #expect(hashing.index(term.span) == expected)
      #expect((0..<featureCount).contains(expected))
    }
  }
}
