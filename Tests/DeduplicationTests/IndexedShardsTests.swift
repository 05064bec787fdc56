import ByteKernels
import TestSupport
import Testing

@testable import Deduplication

/// Shards of an index among those that documents are compared in.
struct IndexedShardsTests {
  private static let variants: [(ChainRule, KeepOrder)] = [
    (.cut, KeepOrder(.first)), (.cut, KeepOrder(.score)), (.cut, KeepOrder(.longest)),
    (.follow, KeepOrder(.first)), (.follow, KeepOrder(.score)),
  ]

  @Test(arguments: variants.indices)
  func `documents of the index all stay, and what is like one goes for it`(variant: Int) throws {
    var settings = DeduplicationSettings()
    (settings.chains, settings.keep) = Self.variants[variant]
    settings.partitions = 3
    let items = SmallCorpus.items(count: 240, seed: 3)
    // The index has duplicates in it, as no index has that was made by this program.
    let fast = try FastDeduplication(settings: settings, seed: 9, shardCount: 5, indexShardCount: 2)
    try fast.sign(items)
    try fast.bucket()
    let outcome = try fast.cluster()
    let first = fast.rows(of: 2, itemCount: items.count).lowerBound
    let (index, own) = (items[..<first], items[first...])
    #expect(outcome.removals.documentCount == own.count)
    let removed = try fast.removed()
    let ids = Set(index.map(\.id))
    #expect(removed.allSatisfy { !ids.contains($0.id) })
    #expect(removed.contains { ids.contains($0.kept) })
    #expect(removed.contains { !ids.contains($0.kept) })
    let keptFor = Dictionary(uniqueKeysWithValues: removed.map { ($0.id, $0.kept) })
    let texts = Set(index.map(\.text))
    for item in own where texts.contains(item.text) {
      #expect(ids.contains(keptFor[item.id] ?? "none"))
    }
    for shard in 2..<5 {
      let list = try RemovalList(path: fast.folder.path("removals-\(shard - 2)"))
      let rows = items[fast.rows(of: shard, itemCount: items.count)]
      #expect(list.shardIndex == shard - 2)
      #expect(list.count == rows.count { keptFor[$0.id] != nil })
    }
  }

  @Test(arguments: [32, 64])
  func `the files of survivors are those of a shard that never had the others`(bits: Int) throws {
    var settings = DeduplicationSettings()
    (settings.partitions, settings.hashBits) = (3, bits)
    // All sets of shingles are in the files, not those of a sample.
    settings.verification = .exact
    let items = SmallCorpus.items(count: 200, seed: 6)
    let all = try FastDeduplication(settings: settings, seed: 4, shardCount: 1)
    try all.sign(items)
    try all.bucket()
    try all.cluster()
    let removed = Set(try all.removed().map(\.id))
    #expect(removed.count > 20)
    let kept = try FastDeduplication(settings: settings, seed: 4, shardCount: 1)
    let expected = try kept.sign(items.filter { !removed.contains($0.id) })
    for memory in [1 << 14, 1 << 22] {
      let survivors = try SurvivorTask.run(
        prefix: all.prefixes[0], removals: RemovalList(path: all.folder.path("removals-0")),
        settings: settings, seed: 4, memoryByteCount: memory,
        output: all.folder.path("survivors")
      ) { _ in true }
      #expect(survivors.map(\.checksum) == expected.map(\.checksum))
    }
  }
}
