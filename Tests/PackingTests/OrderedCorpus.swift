import ByteKernels
import TestSupport

@testable import Packing

/// A small corpus on its way through encoding, mixture, sorting and merging.
struct OrderedCorpus {
  /// A document, and what its text would say.
  struct Item {
    var task: Int
    var row: Int
    var document: EncodedDocument
    var facts: DocumentFacts

    var id: String { "\(task)/\(row)" }
    var position: DocumentPosition { DocumentPosition(task: task, row: row) }
  }

  static let vocabularySize = 50_000

  let scratch: ScratchFolder
  let items: [Item]
  let totals: [EncodedTotals]
  let prefixes: [String]

  /// Writes documents of one to 60 tokens; `facts` says what is known of each, given its tokens.
  init(
    taskCount: Int, documentCount: Int, seed: UInt64 = 1, sourceCount: Int = 1,
    facts: (_ number: Int, _ tokens: Int) -> DocumentFacts = { _, _ in
      DocumentFacts(part: .train, boundaryTokenCount: 1, textByteCount: 10)
    }
  ) throws {
    scratch = try ScratchFolder()
    var generator = SeededGenerator(seed: seed)
    var items: [Item] = []
    var totals: [EncodedTotals] = []
    var prefixes: [String] = []
    for task in 0..<taskCount {
      let prefix = scratch.path("encoded-\(task)")
      let writer = try EncodedShardWriter(
        prefix: prefix, vocabularySize: Self.vocabularySize, sourceCount: sourceCount,
        sampleLimit: 4096)
      for row in 0..<documentCount {
        let count = Int.random(in: 1...60, using: &generator)
        let tokens = (0..<count).map { _ in UInt32.random(in: 0..<50_000, using: &generator) }
        let mask = row % 3 == 0 ? tokens.map { UInt8($0 % 2) } : []
        let item = Item(
          task: task, row: row, document: EncodedDocument(tokens: tokens, lossMask: mask),
          facts: facts(task * documentCount + row, count))
        try writer.append(
          item.document, DocumentOrigin(id: item.id, source: "s", record: "r", url: "u"),
          labels: ["en", ""], item.facts)
        items.append(item)
      }
      _ = try writer.publish()
      totals.append(writer.totals)
      prefixes.append(prefix)
    }
    (self.items, self.totals, self.prefixes) = (items, totals, prefixes)
  }

  func mixture(_ plan: MixturePlan, memoryByteCount: Int = 1 << 20) throws -> Mixture {
    try plan.make(totals, prefixes: prefixes, memoryByteCount: memoryByteCount)
  }

  /// Sorts every task's documents and merges every shard: by part, then by shard.
  func ordered(
    _ plan: MixturePlan, memoryByteCount: Int = 1 << 20
  ) throws -> [[[OrderedDocument]]] {
    let mixture = try mixture(plan)
    let segments = try prefixes.enumerated().map { task, prefix in
      let path = scratch.path("sorted-\(task)")
      let sorter = try OrderSorter(
        prefix: prefix, task: task, mixture, plan.rule, vocabularySize: Self.vocabularySize,
        memoryByteCount: memoryByteCount, scratchPrefix: scratch.path("scratch"))
      return try sorter.write(to: path).path
    }
    return try zip(SplitPart.allCases, mixture.parts).map { part, shards in
      try (0..<shards.shardCount).map { shard in
        var merge = try ShardMerge(
          segments: segments, shard: shard, of: part, mixture,
          vocabularySize: Self.vocabularySize, memoryByteCount: memoryByteCount,
          scratchPrefix: scratch.path("scratch"))
        var documents: [OrderedDocument] = []
        while let document = try merge.next() { documents.append(document) }
        return documents
      }
    }
  }
}

extension MixturePlan {
  /// A plan with changed settings.
  init(
    seed: UInt64 = 0, shardCount: Int = 1,
    mixture change: (inout MixtureSettings) -> Void = { _ in },
    order changeOrder: (inout OrderSettings) -> Void = { _ in }
  ) {
    var (mixture, order) = (MixtureSettings(), OrderSettings())
    change(&mixture)
    changeOrder(&order)
    self.init(mixture, order, seed: seed, shardCount: shardCount)
  }
}
