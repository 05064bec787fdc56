import ByteKernels
import FoundationEssentials
import TestSupport
import Testing

@testable import QualityModel

struct WordTermsTests {
  private func extractor(_ terms: WordTerms?, _ featureCount: Int = 1 << 20) throws
    -> FeatureExtractor
  {
    FeatureExtractor(
      FeatureSettings(
        terms: .words(try #require(terms)), featureCount: featureCount, termWeight: .count,
        normalization: .none))
  }

  private func terms(_ text: String, _ extractor: FeatureExtractor) -> [(String, Int)] {
    var scratch = extractor.makeScratch()
    var terms: [(String, Int)] = []
    extractor.forEachTerm(Array(text.utf8).span, &scratch.terms) {
      terms.append((String(copying: $0), $1))
    }
    return terms
  }

  @Test(arguments: 1...8)
  func `terms found one by one have the features of the one pass`(maximumWordCount: Int) throws {
    let extractor = try extractor(WordTerms(maximumWordCount: maximumWordCount))
    var scratch = extractor.makeScratch()
    let fixed = ["", "a", "a b", "ÉCOLE日本ภาษ_x-1 İß", "ab\u{301}c\u{200B}d"]
    for text in fixed
      + SampleTexts.examples(50, seed: 7).map({ String(decoding: $0.text, as: UTF8.self) })
    {
      let oneByOne = FeatureEntry.counted(terms(text, extractor).map(\.1))
      #expect(extractor.entries(Array(text.utf8), &scratch) == oneByOne)
    }
  }

  @Test func `terms are runs of words`() throws {
    let found = terms("The Cat, sat", try extractor(WordTerms(maximumWordCount: 3)))
    #expect(
      found.map(\.0) == [
        "the", "cat", "the cat", ",", "cat ,", "the cat ,", "sat", ", sat", "cat , sat",
      ])
    #expect(Set(found.map(\.1)).count == found.count)
  }

  @Test func `characters are runs within a word between its ends`() throws {
    let terms = WordTerms(maximumWordCount: 1, characterCounts: 3...4)
    let found = self.terms("Über a", try extractor(terms))
    #expect(
      found.map(\.0) == ["über", "<üb", "übe", "ber", "er>", "<übe", "über", "ber>", "a"])
    // The word and the run of its characters are different terms.
    #expect(found[0].1 != found[6].1)
  }

  @Test func `the 128-bit hash gives the features that mmh3 gives`() throws {
    let terms = WordTerms(maximumWordCount: 2, hash: .murmur3x128)
    let found = self.terms("The quick", try extractor(terms, 1000))
    #expect(found.map(\.0) == ["the", "quick", "the quick"])
    #expect(found[2].1 == 13)
    #expect(found[0].1 == Int(0x6A8F_F485_C9CB_0E1C as UInt64 % 1000))
  }

  @Test func `counts out of range are refused`() {
    #expect(WordTerms(maximumWordCount: 0) == nil && WordTerms(maximumWordCount: 9) == nil)
    #expect(WordTerms(maximumWordCount: 1, characterCounts: 0...3) == nil)
    #expect(WordTerms(maximumWordCount: 1, characterCounts: 3...17) == nil)
  }
}

struct FeatureSettingsTests {
  private func settings(_ terms: FeatureTerms) -> FeatureSettings {
    FeatureSettings(terms: terms, featureCount: 99, termWeight: .count, normalization: .none)
  }

  @Test func `settings come back from JSON as they were`() throws {
    let stopWords = SparkStopWords(words: ["the", "é"], isCaseSensitive: false, locale: "en_US")
    let tokenizer = SparkTokenizer(
      pattern: try JavaPattern("\\W+"), matchesGaps: false, minimumLength: 2, makesLowercase: true)
    let all: [FeatureTerms] = [
      .words(WordTerms()), .spark(SparkTerms()),
      .words(
        try #require(
          WordTerms(maximumWordCount: 3, characterCounts: 2...5, hash: .murmur3x128))),
      .spark(
        SparkTerms(tokenizer: tokenizer, stopWords: stopWords, wordCount: 2, hash: .legacy)),
      .spark(SparkTerms(tokenizer: .whitespace, wordCount: 3)),
    ]
    for terms in all {
      let data = try JSONEncoder().encode(settings(terms))
      #expect(try JSONDecoder().decode(FeatureSettings.self, from: data) == settings(terms))
    }
  }

  @Test func `default terms are named alone`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = String(decoding: try encoder.encode(settings(.words(WordTerms()))), as: UTF8.self)
    #expect(
      json
        == #"{"feature-count":99,"normalization":"none","pipeline":"default","term-weight":"count"}"#
    )
  }

  @Test(arguments: [
    #""default":{"words":0}"#, #""default":{"words":9}"#,
    #""default":{"words":1,"characters":[3]}"#,
    #""default":{"words":1,"characters":[5,3]}"#, #""default":{"words":1,"characters":[0,3]}"#,
    #""default":{"words":1,"hash":"md5"}"#,
  ])
  func `nonsense about words is refused`(part: String) {
    let json =
      #"{"feature-count":99,"normalization":"none","pipeline":"default","term-weight":"count","#
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(FeatureSettings.self, from: Data("\(json)\(part)}".utf8))
    }
  }

  @Test(arguments: [
    #"{"words":0}"#, #"{"words":-1}"#, #"{"hash":"x"}"#, #"{"stop-words":{"words":[]}}"#,
    #"{"tokenizer":{"pattern":"(","gaps":true,"minimum-length":1,"lower-case":true}}"#,
    #"{"tokenizer":{"pattern":"a","gaps":true,"minimum-length":-1,"lower-case":true}}"#,
  ])
  func `nonsense about Spark's stages is refused`(part: String) {
    let json =
      #"{"feature-count":99,"normalization":"none","pipeline":"spark","term-weight":"count","#
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(FeatureSettings.self, from: Data("\(json)\"spark\":\(part)}".utf8))
    }
  }
}
