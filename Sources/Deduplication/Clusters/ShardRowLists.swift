internal import ByteKernels

/// A number for some of the documents of one shard, by row: one segment of sorted records.
enum ShardRowLists {
  /// Reads and checks the list at `path`.
  static func read(
    path: String, kind: SegmentKind
  ) throws(DeduplicationError) -> (documentCount: Int, records: [SortRecord]) {
    let file = try MappedSegments(path: path, kind: kind, settingsDigest: nil)
    guard file.table.segments.count == 1, file.table.recordByteCount == SortRecord.byteCount else {
      throw .mismatched(path: path, what: "is no list of numbers by row")
    }
    let bytes = try file.withSegment(0) { RecordBytes.array($0) }
    return (file.table.documentCount, RecordBytes.records(of: bytes))
  }

  /// Takes the numbers of one range of shards apart into a list for each shard; `files` hold them by
  /// document, in ranges.
  ///
  /// The first `indexShardCount` shards, those of an index, have no list; `path` numbers the others
  /// from 0.
  static func write(
    from files: [String], of fileKind: SegmentKind, as kind: SegmentKind, prefixes: [String],
    indexShardCount: Int, range: Int, settings: DeduplicationSettings, seed: UInt64,
    memoryByteCount: Int, path: (Int) -> String
  ) throws(DeduplicationError) -> [OutputFile.Published] {
    let digest = settings.digest(seed: seed)
    let shards = try SignedShards(
      prefixes: prefixes, settings: settings,
      settingsDigest: settings.signatureDigest(seed: seed))
    let merger = try RangedRecords.merge(
      files, kind: fileKind, settingsDigest: digest, range: range, ranges: shards.ranges,
      memoryByteCount: memoryByteCount / 2)
    var batch = try merger.next()[...]
    var published: [OutputFile.Published] = []
    for shard in shards.ranges.shards(of: range) {
      let (base, end) = (UInt64(shards.bases[shard]), UInt64(shards.bases[shard + 1]))
      var records: [SortRecord] = []
      while let record = batch.first?.record, record.high < end {
        guard record.high >= base else {
          throw .mismatched(path: files[0], what: "holds a document out of its place")
        }
        records.append(SortRecord(high: record.high - base, low: record.low))
        batch = batch.dropFirst()
        if batch.isEmpty { batch = try merger.next()[...] }
      }
      if shard < indexShardCount { continue }
      let number = shard - indexShardCount
      let list = try SegmentFileWriter(
        path: path(number), kind: kind, settingsDigest: digest,
        recordByteCount: SortRecord.byteCount, index: number)
      try list.write(records[...])
      list.endSegment()
      published.append(try list.publish(documentCount: Int(end - base)))
    }
    return published
  }
}
