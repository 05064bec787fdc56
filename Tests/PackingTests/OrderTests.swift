import TestSupport
import Testing

@testable import Packing

struct OrderTests {
  private static func shuffle(_ order: inout OrderSettings) { order.shuffle = true }

  @Test func `every order of four documents is as likely as any other`() {
    var counts: [[Int]: Int] = [:]
    let seeds = 24_000
    for seed in 0..<UInt64(seeds) {
      let rule = MixturePlan(seed: seed, order: Self.shuffle).rule
      let keys = (0..<4).map { row in
        rule.key(DocumentPosition(task: 0, row: row), copy: 0, rank: OrderRule.noRank)
      }
      counts[(0..<4).sorted { keys[$0] < keys[$1] }, default: 0] += 1
    }
    let expected = Double(seeds) / 24
    let deviation = counts.values.reduce(0.0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    // Chi-square of 23 degrees of freedom: above 72 once in a million times.
    #expect(counts.count == 24 && deviation < 72)
  }

  @Test func `every document is as often at every place`() {
    let (count, seeds) = (40, 4000)
    var counts = Array(repeating: Array(repeating: 0, count: count), count: count)
    for seed in 0..<UInt64(seeds) {
      let rule = MixturePlan(seed: seed, order: Self.shuffle).rule
      let keys = (0..<count).map { number in
        rule.key(
          DocumentPosition(task: number % 3, row: number), copy: 0, rank: OrderRule.noRank)
      }
      for (place, number) in (0..<count).sorted(by: { keys[$0] < keys[$1] }).enumerated() {
        counts[number][place] += 1
      }
    }
    let expected = Double(seeds) / Double(count)
    let deviation = counts.joined().reduce(0.0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    // Chi-square of 39 x 39 degrees of freedom, within six standard deviations.
    #expect(abs(deviation - 1521) < 6 * (2 * 1521.0).squareRoot())
  }

  @Test(arguments: [1, 7])
  func `a shuffle is what sorting all documents by their keys gives, none lost or doubled`(
    shardCount: Int
  ) throws {
    let corpus = try OrderedCorpus(taskCount: 5, documentCount: 300)
    let plan = MixturePlan(seed: 3, shardCount: shardCount, order: Self.shuffle)
    let shards = try corpus.ordered(plan)[0]
    let expected = corpus.items.sorted { plan.key($0) < plan.key($1) }
    let found = shards.flatMap { $0 }
    #expect(found.map(\.origin.id) == expected.map(\.id))
    #expect(found.map(\.document.tokens) == expected.map(\.document.tokens))
    #expect(found.map(\.document.lossMask) == expected.map(\.document.lossMask))
    #expect(found.allSatisfy { $0.labels == ["en", ""] && !$0.isRepeated })
    #expect(shards.count == shardCount && shards.allSatisfy { !$0.isEmpty })
    #expect(Set(found.map(\.origin.id)).count == 1500 && found.map(\.origin.id) != corpus.ids)
  }

  @Test func `memory changes no byte of a segment and no document of a shard`() throws {
    // 1024 copies are sorted at once whatever the memory: 3000 a task make three runs.
    let corpus = try OrderedCorpus(taskCount: 6, documentCount: 1500)
    let plan = MixturePlan(
      seed: 9, shardCount: 3, mixture: { $0.epochs = ["*=2"] }, order: Self.shuffle)
    let large = try corpus.ordered(plan, memoryByteCount: 1 << 26)
    let segments = try (0..<6).map { try corpus.scratch.read("sorted-\($0)") }
    // Room for two buffers: sources are merged in pairs, round after round.
    let small = try corpus.ordered(plan, memoryByteCount: 1 << 16)
    for task in 0..<6 {
      let bytes = try corpus.scratch.read("sorted-\(task)")
      #expect(bytes == segments[task])
    }
    #expect(small == large)
    #expect(large[0].reduce(0) { $0 + $1.count } == 18_000)
  }

  @Test func `without a shuffle documents keep their order, and epochs follow each other`() throws {
    let corpus = try OrderedCorpus(taskCount: 3, documentCount: 400)
    let plan = MixturePlan(shardCount: 4, mixture: { $0.epochs = ["*=3"] })
    let shards = try corpus.ordered(plan)[0]
    #expect(shards.flatMap { $0 }.map(\.origin.id) == corpus.ids + corpus.ids + corpus.ids)
    #expect(shards.flatMap { $0 }.map(\.isRepeated).prefix(1201).filter { $0 } == [true])
    expectEven(shards, within: 0.03)
  }

  @Test func `parts are orders of their own, with as many shards as their tokens fill`() throws {
    let corpus = try OrderedCorpus(taskCount: 3, documentCount: 500) { number, _ in
      DocumentFacts(
        part: number % 10 == 0 ? .validation : number % 10 == 1 ? .test : .train,
        boundaryTokenCount: 1, textByteCount: 10)
    }
    let plan = MixturePlan(
      shardCount: 8, mixture: { $0.tokenBudget = 10_000 }, order: Self.shuffle)
    let parts = try corpus.ordered(plan)
    #expect(parts[0].count == 8)
    // A tenth of the documents are more than what the budget leaves of the training documents.
    for (part, shards) in zip([SplitPart.validation, .test], parts[1...]) {
      let ids = corpus.items.filter { $0.facts.part == part }.map(\.id)
      #expect(Set(shards.flatMap { $0 }.map(\.origin.id)) == Set(ids))
      #expect(shards.flatMap { $0 }.count == ids.count)
      #expect(shards.allSatisfy { $0.allSatisfy { $0.part == part } })
    }
    let small = MixturePlan(shardCount: 8, order: Self.shuffle)
    let counts = try corpus.mixture(small).parts.map(\.shardCount)
    #expect(counts[0] == 8 && counts.dropFirst().allSatisfy { (1...2).contains($0) })
  }

  @Test(arguments: [(false, false), (false, true), (true, false), (true, true)])
  func `a curriculum goes over all shards, and what has no value comes last`(
    isDescending: Bool, isShuffled: Bool
  ) throws {
    func value(_ number: Int) -> Double? { number % 11 == 0 ? nil : Double(number % 7) - 3.5 }
    func configure(_ order: inout OrderSettings) {
      order.by = "score"
      order.direction = isDescending ? .descending : .ascending
      order.shuffle = isShuffled
    }
    let rule = MixturePlan(seed: 4, order: configure).rule
    let corpus = try OrderedCorpus(taskCount: 4, documentCount: 400) { number, _ in
      DocumentFacts(
        part: .train, rank: rule.rank(value(number)), boundaryTokenCount: 1, textByteCount: 10)
    }
    let plan = MixturePlan(seed: 4, shardCount: 6, order: configure)
    let shards = try corpus.ordered(plan)[0]
    let order = Dictionary(uniqueKeysWithValues: corpus.ids.enumerated().map { ($1, $0) })
    let numbers = try shards.flatMap { $0 }.map { try #require(order[$0.origin.id]) }
    let values = numbers.map(value)
    let known = values.compactMap(\.self)
    #expect(Set(numbers).count == 1600)
    #expect(values.prefix(known.count).allSatisfy { $0 != nil })
    #expect(known == (isDescending ? known.sorted(by: >) : known.sorted()))
    let equal = numbers.filter { value($0) == 1.5 }
    #expect((equal == equal.sorted()) == !isShuffled)
    expectEven(shards, within: 0.03)
  }

  @Test(arguments: 0..<12)
  func `no shard is empty, however few the documents`(number: Int) throws {
    let corpus = try OrderedCorpus(taskCount: 2, documentCount: 1 + number, seed: UInt64(number))
    for order in [
      Self.shuffle, { _ in },
      { order in
        order.by = OrderSettings.length
        order.shuffle = true
      },
    ] as [(inout OrderSettings) -> Void] {
      let plan = MixturePlan(
        seed: UInt64(number), shardCount: 5, mixture: { $0.epochs = ["*=1.4"] }, order: order)
      let shards = try corpus.ordered(plan)[0]
      #expect(shards.allSatisfy { !$0.isEmpty } && shards.count <= 5)
      #expect(number < 8 || shards.count > 3)
    }
  }

  @Test func `a changed byte of a segment is named before its shard is finished`() throws {
    let corpus = try OrderedCorpus(taskCount: 1, documentCount: 200)
    let plan = MixturePlan(shardCount: 2, order: Self.shuffle)
    _ = try corpus.ordered(plan)
    let mixture = try corpus.mixture(plan)
    let whole = try corpus.scratch.read("sorted-0")
    for place in stride(from: 0, to: whole.count, by: 997) {
      var bytes = whole
      bytes[place] ^= 4
      let path = try corpus.scratch.write("damaged", bytes)
      #expect(throws: OrderError.self) {
        for shard in 0..<2 {
          var merge = try ShardMerge(
            segments: [path], shard: shard, of: .train, mixture,
            vocabularySize: OrderedCorpus.vocabularySize, memoryByteCount: 1 << 16,
            scratchPrefix: path)
          while try merge.next() != nil {}
        }
      }
    }
  }

  @Test func `ranks are ordered as the numbers are, in both directions`() {
    let values = [-Double.infinity, -2, -1e-300, 0, 1e-300, 2, .infinity]
    for direction in OrderDirection.allCases {
      let rule = MixturePlan(order: { $0.direction = direction }).rule
      let ranks = values.map(rule.rank)
      #expect(ranks == (direction == .ascending ? ranks.sorted() : ranks.sorted(by: >)))
      #expect(rule.rank(-0.0) == rule.rank(0.0) && rule.rank(.nan) == rule.rank(nil))
      #expect(ranks.allSatisfy { $0 < rule.rank(nil) })
    }
  }

  private func expectEven(_ shards: [[OrderedDocument]], within share: Double) {
    let counts = shards.map { $0.reduce(0) { $0 + $1.document.tokens.count } }
    let mean = Double(counts.reduce(0, +)) / Double(counts.count)
    #expect(counts.allSatisfy { abs(Double($0) - mean) < share * mean }, "\(counts)")
  }
}

extension OrderedCorpus {
  /// In the order of the input.
  var ids: [String] { items.map(\.id) }
}

extension MixturePlan {
  fileprivate func key(_ item: OrderedCorpus.Item) -> OrderKey {
    rule.key(item.position, copy: 0, rank: item.facts.rank)
  }
}
