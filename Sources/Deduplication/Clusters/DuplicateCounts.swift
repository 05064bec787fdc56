package import ByteKernels

/// How many documents each kept one of a shard stands for, itself included.
package struct DuplicateCounts: Sendable {
  /// Rows of the shard.
  package let documentCount: Int
  /// By row, those that stand for others.
  private let records: [SortRecord]

  /// Reads and checks the list at `path`.
  package init(path: String) throws(DeduplicationError) {
    (documentCount, records) = try ShardRowLists.read(path: path, kind: .counts)
  }

  /// 1 for a document that stands for itself alone; rows are asked for in ascending order.
  package func count(row: Int, _ place: inout Int) -> Int {
    while place < records.count, records[place].high < UInt64(row) { place += 1 }
    guard place < records.count, records[place].high == UInt64(row) else { return 1 }
    return Int(clamping: records[place].low)
  }

  /// Writes the list of the shards of one range; `keptFiles` are those of all cluster tasks, in order.
  ///
  /// The first `indexShardCount` shards, those of an index, have no list; `path` numbers the others
  /// from 0.
  package static func write(
    prefixes: [String], indexShardCount: Int, keptFiles: [String], range: Int,
    settings: DeduplicationSettings, seed: UInt64, memoryByteCount: Int, path: (Int) -> String
  ) throws(DeduplicationError) -> [OutputFile.Published] {
    try ShardRowLists.write(
      from: keptFiles, of: .kept, as: .counts, prefixes: prefixes,
      indexShardCount: indexShardCount, range: range, settings: settings, seed: seed,
      memoryByteCount: memoryByteCount, path: path)
  }
}
