import Reports
import TestSupport
import Testing

@testable import Tokenization

struct TokenizerReportTests {
  private static let texts = ["abab abab", "", "中 b", "the cat and the hat", "abab the"]

  private func trained(size: Int) throws -> Vocabulary {
    try BPETrainerTests.train(
      Self.texts.map { Array($0.utf8) },
      BPETrainerTests.settings(size, .gpt4, specialTokens: ["<|endoftext|>"]))
  }

  private func evaluate(
    _ vocabularies: [Vocabulary]
  ) throws -> (evaluation: TokenizerEvaluation, judges: [TokenizerJudge]) {
    let judges = try vocabularies.map { TokenizerJudge(try Tokenizer($0), cacheByteCount: 1 << 20) }
    var evaluation = TokenizerEvaluation(tokenizerCount: judges.count, fields: ["source"])
    for (number, text) in Self.texts.enumerated() {
      let bytes = Array(text.utf8)
      evaluation.add(
        .init(
          extent: .init(of: bytes), outcomes: judges.map { $0.judge(bytes.span) },
          values: [number == 2 ? nil : "s\(number % 2)"]))
    }
    return (evaluation, judges)
  }

  @Test func `texts, bytes, words and tokens are counted, in all and by group`() throws {
    let (evaluation, judges) = try evaluate([try trained(size: 265)])
    let extent = evaluation.total.extent
    #expect(extent.documentCount == 5)
    #expect(extent.byteCount == Self.texts.reduce(0) { $0 + $1.utf8.count })
    #expect(extent.scalarCount == Self.texts.reduce(0) { $0 + $1.unicodeScalars.count })
    #expect(extent.wordCount == 11)
    let total = evaluation.total.outcomes[0]
    #expect(total.tokenCount == Int(judges[0].uses.reduce(0, +)))
    #expect(total.alteredDocumentCount == 0 && total.unknownCount == 0)
    #expect(evaluation.groups[0].keys.sorted() == ["s0", "s1"])
    #expect(evaluation.groups[0].values.reduce(0) { $0 + $1.extent.documentCount } == 4)
  }

  @Test func `the curve is what smaller vocabularies make of the text`() throws {
    let whole = try trained(size: 290)
    let (evaluation, judges) = try evaluate([whole])
    #expect(whole.merges.count > 15)
    let curve = try #require(VocabularyCurve(whole, uses: judges[0].uses))
    #expect(curve.points.last?.vocabularySize == whole.size)
    #expect(curve.points.last?.tokenCount == evaluation.total.outcomes[0].tokenCount)
    for size in 258...whole.size {
      let cut = try trained(size: size)
      let (smaller, smallerJudges) = try evaluate([cut])
      let own = try #require(VocabularyCurve(cut, uses: smallerJudges[0].uses))
      #expect(own.points.last?.tokenCount == smaller.total.outcomes[0].tokenCount)
      for point in curve.points where point.vocabularySize == size {
        #expect(point == own.points.last)
      }
    }
  }

  @Test func `a token that several merges make counts once for the size`() throws {
    let whole = try trained(size: 290)
    let again = whole.merges.flatMap { [$0, $0, $0] }
    let vocabulary = Vocabulary(
      tokens: whole.tokens, merges: again, addedTokens: whole.addedTokens,
      preTokenizer: whole.preTokenizer)
    let (_, judges) = try evaluate([whole])
    #expect(
      VocabularyCurve(vocabulary, uses: judges[0].uses)
        == VocabularyCurve(whole, uses: judges[0].uses))
  }

  @Test func `tokens that no text becomes are listed, special tokens are not`() throws {
    let vocabulary = try trained(size: 270)
    let (_, judges) = try evaluate([vocabulary])
    let use = TokenUse(vocabulary, uses: judges[0].uses)
    #expect(use.tokenCount == vocabulary.size - 1)
    #expect(!use.neverUsed.contains(0))
    let used = Set(
      judges[0].uses.indices.filter { judges[0].uses[$0] > 0 }.map { UInt32($0) })
    #expect(use.neverUsed.count + used.count == use.tokenCount)
    #expect(use.neverUsed.allSatisfy { !used.contains($0) })
    let efficiency = try #require(use.renyiEfficiency)
    #expect(efficiency > 0 && efficiency < 1)
  }

  @Test func `tokens used alike are used with an efficiency of one`() throws {
    let bytes = (0..<256).map { [UInt8($0)] }
    let vocabulary = Vocabulary(tokens: bytes, merges: [], specialTokens: [], pattern: .gpt2)
    let use = TokenUse(vocabulary, uses: Array(repeating: 7, count: 256))
    #expect(abs((use.renyiEfficiency ?? 0) - 1) < 1e-12)
    #expect(TokenUse(vocabulary, uses: Array(repeating: 0, count: 256)).renyiEfficiency == nil)
  }

  @Test func `advice is the size beyond which no doubling saves enough`() throws {
    // A byte and its repetitions by doubling: each merge halves the text, while there is enough of it.
    var tokens = (0..<256).map { [UInt8($0)] }
    var merges: [Vocabulary.Merge] = []
    for rank in 0..<800 {
      let product = UInt32(tokens.count)
      let left = rank < 300 ? product - 1 : UInt32(rank % 256)
      tokens.append(tokens[Int(left)] + [120])
      merges.append(.init(left: left, right: 120, product: product))
    }
    let vocabulary = Vocabulary(tokens: tokens, merges: merges, specialTokens: [], pattern: .gpt2)
    var uses = [UInt64](repeating: 0, count: tokens.count)
    #expect(VocabularyCurve(vocabulary, uses: uses)?.advisedSize == nil)
    uses[511] = 1000
    #expect(VocabularyCurve(vocabulary, uses: uses)?.advisedSize == 512)
    uses[1023] = 100_000
    #expect(VocabularyCurve(vocabulary, uses: uses)?.advisedSize == nil)
  }

  @Test func `the report names the same figures in table, JSON and pictures`() throws {
    let vocabularies = [try trained(size: 290), try trained(size: 260)]
    let (evaluation, judges) = try evaluate(vocabularies)
    let subjects = zip(vocabularies, judges).enumerated().map { index, pair in
      TokenizerReport.Subject(name: "t\(index)", pair.0, uses: pair.1.uses)
    }
    let report = TokenizerReport(subjects, evaluation)
    let tokenCount = evaluation.total.outcomes[1].tokenCount
    #expect(report.table.contains("\(tokenCount)"))
    #expect(report.json.contains("\"tokens\":\(tokenCount)"))
    #expect(report.table.contains("s0") && report.json.contains("\"value\":\"s0\""))
    #expect(report.plots.map(\.fileName) == ["vocabulary-size.svg", "by-source.svg"])
    #expect(report.plots.allSatisfy { $0.svg.hasPrefix("<svg") && !$0.svg.contains("nan") })
  }

  @Test func `a field with a value for every document does not grow without end`() {
    var evaluation = TokenizerEvaluation(tokenizerCount: 1, fields: ["url"])
    for number in 0..<(TokenizerEvaluation.maximumGroupCount + 5) {
      evaluation.add(
        .init(
          extent: .init(of: [97]), outcomes: [.init(tokenCount: 1)], values: ["\(number)"]))
    }
    #expect(evaluation.groups[0].count == TokenizerEvaluation.maximumGroupCount)
    #expect(evaluation.rest[0].extent.documentCount == 5)
  }
}
