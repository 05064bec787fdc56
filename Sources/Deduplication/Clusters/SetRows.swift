package import ByteKernels

/// Which set of connected documents each document of a shard is in.
///
/// Sets are as the verified pairs make them, before chains are cut: two documents that were ever found
/// alike are in one set, even when both are kept.
package struct SetRows: Sendable {
  /// Rows of the shard.
  package let documentCount: Int
  /// By row, those that are in a set.
  private let records: [SortRecord]

  /// Reads and checks the list at `path`.
  package init(path: String) throws(DeduplicationError) {
    (documentCount, records) = try ShardRowLists.read(path: path, kind: .setRows)
  }

  /// The number of a document's set, nil for one that is like no other; rows are asked for in ascending
  /// order.
  package func set(row: Int, _ place: inout Int) -> UInt64? {
    while place < records.count, records[place].high < UInt64(row) { place += 1 }
    guard place < records.count, records[place].high == UInt64(row) else { return nil }
    return records[place].low
  }

  /// Sorts the sets of a run by document, the first of each set included; `setFile` is what `SetTask`
  /// wrote.
  package static func sort(
    setFile: String, prefixes: [String], settings: DeduplicationSettings, seed: UInt64,
    memoryByteCount: Int, output: String
  ) throws(DeduplicationError) -> OutputFile.Published {
    let digest = settings.digest(seed: seed)
    let ranges = try SignedShards(
      prefixes: prefixes, settings: settings,
      settingsDigest: settings.signatureDigest(seed: seed)
    ).ranges
    let sorter = RecordSorter(besides: output, memoryByteCount: memoryByteCount / 2)
    var last: UInt64?
    for range in 0..<ranges.count {
      let stream = try RangedRecords.stream(
        setFile, kind: .sets, settingsDigest: digest, index: 0, range: range, ranges: ranges,
        bufferByteCount: 1 << 18)
      while case let records = try stream.next(), !records.isEmpty {
        for record in records {
          let first = record.high
          if first != last { try sorter.append(SortRecord(high: first, low: first)) }
          last = first
          try sorter.append(SortRecord(high: record.low, low: first))
        }
      }
    }
    var writer = try RangedRecords.Writer(
      path: output, kind: .documentSets, settingsDigest: digest, index: 0, ranges: ranges,
      shift: 0)
    return try writer.publish(sorter)
  }

  /// Writes the list of the shards of one range; `documentSetFile` is what `sort` wrote.
  ///
  /// The first `indexShardCount` shards, those of an index, have no list; `path` numbers the others
  /// from 0.
  package static func write(
    prefixes: [String], indexShardCount: Int, documentSetFile: String, range: Int,
    settings: DeduplicationSettings, seed: UInt64, memoryByteCount: Int, path: (Int) -> String
  ) throws(DeduplicationError) -> [OutputFile.Published] {
    try ShardRowLists.write(
      from: [documentSetFile], of: .documentSets, as: .setRows, prefixes: prefixes,
      indexShardCount: indexShardCount, range: range, settings: settings, seed: seed,
      memoryByteCount: memoryByteCount, path: path)
  }
}
