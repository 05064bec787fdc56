import TestSupport
import Testing
import TextAnalysis

@testable import Packing

struct MixtureTests {
  /// Sources `a`, `b` and the rest, of about one, two and five eighths; every tenth document held out.
  private func corpus() throws -> OrderedCorpus {
    try OrderedCorpus(taskCount: 3, documentCount: 800, sourceCount: 3) { number, tokens in
      DocumentFacts(
        part: number % 10 == 9 ? .validation : .train,
        source: number % 8 == 0 ? 0 : number % 8 < 3 ? 1 : 2, boundaryTokenCount: min(2, tokens),
        textByteCount: 3 * tokens)
    }
  }

  /// Names all three sources, so that their numbers are those of the corpus.
  private static func named(_ settings: inout MixtureSettings) {
    settings.epochs = ["a=1", "b=1", "*=1"]
  }

  private func tokens(_ corpus: OrderedCorpus, _ source: Int) -> Int {
    corpus.items.filter { $0.facts.source == source && $0.facts.part == .train }
      .reduce(0) { $0 + $1.document.tokens.count }
  }

  /// Packs all and holds what comes out against what the mixture says.
  private func expect(
    _ corpus: OrderedCorpus, _ plan: MixturePlan, targets: [Double],
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let mixture = try corpus.mixture(plan)
    let items = Dictionary(uniqueKeysWithValues: corpus.items.map { ($0.id, $0) })
    var counts: [String: Int] = [:]
    for document in try corpus.ordered(plan)[0].joined() {
      counts[document.origin.id, default: 0] += 1
    }
    for (number, target) in targets.enumerated() {
      let own = corpus.items.filter { $0.facts.source == number && $0.facts.part == .train }
      let packed = own.reduce(0) { $0 + $1.document.tokens.count * counts[$1.id, default: 0] }
      let unused = own.filter { counts[$0.id] == nil }
      let source = mixture.sources[number]
      #expect(Double(packed) <= target && Double(packed) > target - 60, sourceLocation: location)
      #expect(source.packedTokens == packed, sourceLocation: location)
      #expect(source.unused.documents == unused.count, sourceLocation: location)
      #expect(
        source.tokens + source.repeatedTokens == packed + source.unused.tokens,
        sourceLocation: location)
      #expect(
        source.unused.textBytes == unused.reduce(0) { $0 + $1.facts.textByteCount },
        sourceLocation: location)
      #expect(
        source.unused.boundaryTokens == unused.reduce(0) { $0 + $1.facts.boundaryTokenCount },
        sourceLocation: location)
      let copies = Set(own.map { counts[$0.id, default: 0] })
      #expect((copies.max() ?? 0) - (copies.min() ?? 0) <= 1, sourceLocation: location)
    }
    #expect(counts.keys.allSatisfy { items[$0]?.facts.part == .train }, sourceLocation: location)
  }

  @Test func `epochs are repetitions, in fractions exact to a document`() throws {
    let corpus = try corpus()
    let counts = (0..<3).map { Double(tokens(corpus, $0)) }
    for shuffle in [false, true] {
      let plan = MixturePlan(
        seed: 5, shardCount: 3, mixture: { $0.epochs = ["a=2.75", "b=0.3", "*=1"] },
        order: { $0.shuffle = shuffle })
      try expect(corpus, plan, targets: [2.75 * counts[0], 0.3 * counts[1], counts[2]])
    }
  }

  @Test func `weights share out a budget, repeating what is short`() throws {
    let corpus = try corpus()
    let plan = MixturePlan(
      seed: 6,
      mixture: {
        $0.weights = ["a=2", "b=1", "*=1"]
        $0.tokenBudget = 40_000
      })
    try expect(corpus, plan, targets: [20_000, 10_000, 10_000])
  }

  @Test func `weights without a budget use up one source and repeat none`() throws {
    let corpus = try corpus()
    let first = Double(tokens(corpus, 0))
    let plan = MixturePlan(mixture: { $0.weights = ["a=0.5", "b=0.25", "*=0.25"] })
    try expect(corpus, plan, targets: [first, first / 2, first / 2])
    let mixture = try corpus.mixture(plan)
    #expect(mixture.sources.allSatisfy { $0.repeatedTokens == 0 })
    #expect(mixture.sources[0].unused.documents == 0)
  }

  @Test func `sources that weights do not name are left out and counted`() throws {
    let corpus = try corpus()
    let plan = MixturePlan(mixture: { $0.weights = ["a=1", "b=0"] })
    try expect(corpus, plan, targets: [Double(tokens(corpus, 0)), 0, 0])
  }

  @Test func `budgets of all and of a source are met`() throws {
    let corpus = try corpus()
    let counts = (0..<3).map { Double(tokens(corpus, $0)) }
    let all = MixturePlan(
      mixture: {
        Self.named(&$0)
        $0.tokenBudget = 30_000
      })
    let share = 30_000 / counts.reduce(0, +)
    try expect(corpus, all, targets: counts.map { $0 * share })
    let one = MixturePlan(
      mixture: {
        $0.sourceTokenBudgets = ["a=17000", "b=99"]
      })
    try expect(corpus, one, targets: [17_000, 99, counts[2]])
  }

  @Test func `a larger part of an epoch only adds documents, and memory changes nothing`() throws {
    let corpus = try corpus()
    var before: Set<String> = []
    for share in [0.2, 0.5, 0.9] {
      let plan = MixturePlan(seed: 2, mixture: { $0.epochs = ["a=\(share)", "b=1", "*=1"] })
      let mixture = try corpus.mixture(plan, memoryByteCount: 1 << 30)
      #expect(try corpus.mixture(plan, memoryByteCount: 0) == mixture)
      let chosen = Set(
        corpus.items.filter {
          $0.facts.source == 0 && mixture.copyCount($0.facts, $0.position, plan.rule) == 1
        }.map(\.id))
      #expect(chosen.isSuperset(of: before) && chosen.count > before.count)
      before = chosen
    }
  }

  @Test func `a source without documents, and a score that no document has, are named`() throws {
    let corpus = try OrderedCorpus(taskCount: 1, documentCount: 10, sourceCount: 2)
    let misspelt = MixturePlan(mixture: { $0.weights = ["wikipeda=1", "*=2"] })
    // All documents of this corpus are of the first source; the settings' second is the rest.
    #expect { try corpus.mixture(misspelt) } throws: { "\($0)".contains("'*'") }
    let plain = try OrderedCorpus(taskCount: 1, documentCount: 10)
    let scores = MixturePlan(order: { $0.by = "qualty" })
    #expect { try plain.mixture(scores) } throws: { "\($0)".contains("'qualty'") }
  }

  @Test(arguments: [
    ("weights", ["a"]), ("weights", ["a=-1"]), ("weights", ["a=0"]), ("weights", ["a=1", "a=2"]),
    ("epochs", ["a=ten"]), ("epochs", ["a=nan"]), ("epochs", ["=="]),
    ("source-token-budgets", ["a=1e16"]), ("shard-count", ["-1"]),
  ])
  func `settings that mean nothing are refused`(name: String, list: [String]) throws {
    var settings = TokenShardSettings()
    let setting = try #require(TokenShardSettings.settings.first { $0.name == name })
    let value: SettingValue =
      name == "shard-count" ? .integer(-1) : .list(list.map { .string($0) })
    #expect(setting.set(&settings, value))
    #expect { try settings.validate() } throws: { ($0 as? SettingsError)?.setting == name }
  }

  @Test func `settings that contradict each other are refused`() {
    var settings = MixtureSettings()
    settings.weights = ["a=1"]
    settings.tokenBudget = 5
    settings.epochs = ["a=2"]
    #expect(throws: SettingsError.self) { try settings.validate() }
    settings.weights = []
    settings.epochs = []
    settings.sourceTokenBudgets = ["a=7"]
    #expect(throws: SettingsError.self) { try settings.validate() }
    settings.tokenBudget = 0
    #expect(throws: Never.self) { try settings.validate() }
    settings.weights = ["a=1"]
    #expect(throws: SettingsError.self) { try settings.validate() }
  }

  @Test func `shards too large for their format are refused before they are written`() throws {
    let part = Mixture.Part(name: "train", tokens: 5 << 31, boundaries: [])
    var mixture = Mixture(sources: [], parts: [part])
    let error = #expect(throws: MixtureError.self) { try mixture.requireRoom(in: .llmc) }
    #expect(error?.description.contains("shard-count") == true)
    #expect(throws: Never.self) { try mixture.requireRoom(in: .megatron) }
    mixture.sources = [Mixture.Source(name: "*", documents: 1 << 31, tokens: 5 << 31, epochs: 2)]
    let many = #expect(throws: MixtureError.self) { try mixture.requireRoom(in: .nanogpt) }
    #expect(many?.description.contains("take another format") == true)
  }

  @Test func `the settings name sources in their order, the rest last`() {
    var settings = MixtureSettings()
    settings.weights = ["b=1", "*=2", "x=y=3"]
    settings.epochs = ["a=1", "b=2"]
    #expect(settings.sources == ["b", "x=y", "a", "*"])
  }
}
