/// How the documents of a run are divided among the tasks that go by document: runs of whole shards.
package struct DocumentRanges: Sendable {
  /// For each shard the number of its first document, and at the end the count of all.
  let bases: [Int]
  /// How many ranges there are.
  package let count: Int

  init(bases: [Int], settings: DeduplicationSettings) {
    self.bases = bases
    count = Self.count(shardCount: bases.count - 1, settings: settings)
  }

  /// As many as partitions, but no more than shards, and at least one.
  package static func count(shardCount: Int, settings: DeduplicationSettings) -> Int {
    max(1, min(settings.partitions, shardCount))
  }

  /// The shards of a range.
  package static func shards(of range: Int, shardCount: Int, count: Int) -> Range<Int> {
    (range * shardCount / count)..<((range + 1) * shardCount / count)
  }

  /// The range that a shard is in.
  package static func range(ofShard shard: Int, shardCount: Int, count: Int) -> Int {
    ((shard + 1) * count - 1) / shardCount
  }

  var documentCount: Int { bases[bases.count - 1] }

  func shards(of range: Int) -> Range<Int> {
    Self.shards(of: range, shardCount: bases.count - 1, count: count)
  }

  /// The documents of a range.
  func documents(of range: Int) -> Range<UInt64> {
    let shards = shards(of: range)
    return UInt64(bases[shards.lowerBound])..<UInt64(bases[shards.upperBound])
  }
}
