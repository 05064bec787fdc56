package import ByteKernels

/// How many documents each kept one of a shard stands for, itself included.
package struct DuplicateCounts: Sendable {
  /// Rows of the shard.
  package let documentCount: Int
  /// By row, those that stand for others.
  private let records: [SortRecord]

  /// Reads and checks the list at `path`.
  package init(path: String) throws(DeduplicationError) {
    let file = try MappedSegments(path: path, kind: .counts, settingsDigest: nil)
    guard file.table.segments.count == 1, file.table.recordByteCount == SortRecord.byteCount else {
      throw .mismatched(path: path, what: "is no list of counts")
    }
    documentCount = file.table.documentCount
    let bytes = try file.withSegment(0) { RecordBytes.array($0) }
    records = RecordBytes.records(of: bytes)
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
    let digest = settings.digest(seed: seed)
    let shards = try SignedShards(
      prefixes: prefixes, settings: settings,
      settingsDigest: settings.signatureDigest(seed: seed))
    let merger = try RangedRecords.merge(
      keptFiles, kind: .kept, settingsDigest: digest, range: range, ranges: shards.ranges,
      memoryByteCount: memoryByteCount / 2)
    var batch = try merger.next()[...]
    var published: [OutputFile.Published] = []
    for shard in shards.ranges.shards(of: range) {
      let (base, end) = (UInt64(shards.bases[shard]), UInt64(shards.bases[shard + 1]))
      var records: [SortRecord] = []
      while let record = batch.first?.record, record.high < end {
        guard record.high >= base else {
          throw .mismatched(path: keptFiles[0], what: "holds a document out of its place")
        }
        records.append(SortRecord(high: record.high - base, low: record.low))
        batch = batch.dropFirst()
        if batch.isEmpty { batch = try merger.next()[...] }
      }
      if shard < indexShardCount { continue }
      let number = shard - indexShardCount
      let list = try SegmentFileWriter(
        path: path(number), kind: .counts, settingsDigest: digest,
        recordByteCount: SortRecord.byteCount, index: number)
      try list.write(records[...])
      list.endSegment()
      published.append(try list.publish(documentCount: Int(end - base)))
    }
    return published
  }
}
