import TestSupport
import Testing

@testable import Deduplication

struct ClusterResolverTests {
  /// Documents that are unlike each other, each followed by a copy and by an edited copy.
  private func crowd(_ count: Int) -> [SlowDeduplication.Item] {
    var generator = SeededGenerator(seed: 5)
    return (0..<count).flatMap { number -> [SlowDeduplication.Item] in
      let words = RandomText.words(count: 120, vocabulary: 5000, using: &generator)
      let text = words.joined(separator: " ")
      return [(text, "a"), (text, "b"), (text + " end", "c")].map {
        .init(id: "\(number)\($1)", text: $0, score: 0)
      }
    }
  }

  @Test func `a large set is parted in bounded work, and copies are still found`() throws {
    var settings = DeduplicationSettings()
    settings.keep = KeepOrder(.first)
    let fast = try FastDeduplication(settings: settings, seed: 9, shardCount: 2)
    try fast.sign(crowd(40))
    let shards = try SignedShards(
      prefixes: fast.prefixes, settings: settings,
      settingsDigest: settings.signatureDigest(seed: 9))
    let documents = Array(0..<UInt64(120))
    func part(
      _ limits: KeptDocuments.Limits
    ) throws -> ClusterResolver.Parting {
      try ClusterResolver(
        shards: shards, settings: settings, memoryByteCount: 1 << 20, limits: limits
      ).part(documents)
    }
    let whole = try part(KeptDocuments.Limits())
    #expect(whole.partlyComparedCount == 0)
    #expect(whole.clusters.count == 40)
    let bounded = try part(KeptDocuments.Limits(forAll: 3, perBand: 2, byteCount: 1000))
    #expect(bounded.partlyComparedCount == 120 - 10)
    #expect(bounded.clusters.map(\.kept.document) == whole.clusters.map(\.kept.document))
    #expect(
      bounded.clusters.map { $0.removed.map(\.member.document) }
        == whole.clusters.map { $0.removed.map(\.member.document) })
    #expect(throws: DeduplicationError.self) {
      try ClusterResolver(shards: shards, settings: settings, memoryByteCount: 1 << 10)
        .part(documents)
    }
  }
}
