package import ByteKernels
internal import Documents

/// Writes what is removed from the shards of one range: a list for each shard, and lines for people.
package enum RemovalTask {
  /// Publishes a list for every shard of the range, in order, then `removedJSON` in input order.
  ///
  /// `removedFiles` are those of all cluster tasks, in order. The first `indexShardCount` shards, those
  /// of an index, have no list; `removalPath` numbers the others from 0, as the lists do.
  package static func run(
    prefixes: [String], indexShardCount: Int = 0, removedFiles: [String], range: Int,
    settings: DeduplicationSettings, seed: UInt64, memoryByteCount: Int,
    removalPath: (Int) -> String, removedJSON: String
  ) throws(DeduplicationError) -> ([OutputFile.Published], RemovalCounts) {
    let digest = settings.digest(seed: seed)
    let shards = try SignedShards(
      prefixes: prefixes, settings: settings,
      settingsDigest: settings.signatureDigest(seed: seed))
    let ranges = shards.ranges
    guard removedFiles.count == ranges.count else {
      throw .limit(what: "\(removedFiles.count) files are given for \(ranges.count) ranges")
    }
    let merger = try RangedRecords.merge(
      removedFiles, kind: .removed, settingsDigest: digest, range: range, ranges: ranges,
      memoryByteCount: memoryByteCount / 2)
    let json = try DeduplicationError.wrap { () throws(FileError) in
      try OutputFile(path: removedJSON)
    }
    var counts = RemovalCounts()
    var published: [OutputFile.Published] = []
    var records = RemovedRecords(
      merger, paths: removedFiles, documentCount: UInt64(ranges.documentCount))
    for shard in ranges.shards(of: range) where shard >= indexShardCount {
      let (base, end) = (shards.bases[shard], shards.bases[shard + 1])
      var marks = RemovalList.Marks(documentCount: end - base)
      while base < end, let pair = try records.next(of: UInt64(base)..<UInt64(end)) {
        marks.set(row: Int(pair.document) - base, pair.reason)
        counts[pair.reason].documentCount += 1
        counts[pair.reason].byteCount += try shards.member(pair.document).byteCount
        let line = try line(pair, shards)
        do { try json.write(line) } catch { throw .file(error) }
      }
      counts.documentCount += end - base
      published.append(
        try marks.write(
          to: removalPath(shard - indexShardCount), shardIndex: shard - indexShardCount,
          settingsDigest: digest))
    }
    // Nothing is left, and every checksum has been compared.
    _ = try records.next(of: 0..<0)
    published.append(try DeduplicationError.wrap { () throws(FileError) in try json.publish() })
    return (published, counts)
  }

  /// `{"id":…,"kept":…,"similarity":…,"reason":…}`: 1 for texts of the same bytes, else what
  /// `DocumentComparer` says; null where there is nothing to compare.
  private static func line(
    _ pair: ComparedPair, _ shards: SignedShards
  ) throws(DeduplicationError) -> [UInt8] {
    let (removed, kept) = (try shards.id(pair.document), try shards.id(pair.other))
    var line = Array(#"{"id":"#.utf8)
    JSONText.append(removed.span, to: &line)
    line += Array(#","kept":"#.utf8)
    JSONText.append(kept.span, to: &line)
    line += Array(",\"similarity\":\(pair.similarity.json)".utf8)
    line += Array(",\"reason\":\"\(pair.reason.rawValue)\"}\n".utf8)
    return line
  }
}

/// Merged records one by one.
private struct RemovedRecords {
  private let merger: RecordMerger
  private let paths: [String]
  private let documentCount: UInt64
  private var batch: [RecordMerger.Merged] = []
  private var place = 0

  init(_ merger: RecordMerger, paths: [String], documentCount: UInt64) {
    self.merger = merger
    self.paths = paths
    self.documentCount = documentCount
  }

  /// The next one of a range, when there is one; with an empty range none may be left.
  mutating func next(of range: Range<UInt64>) throws(DeduplicationError) -> ComparedPair? {
    if place == batch.count {
      batch = try merger.next()
      place = 0
      if batch.isEmpty { return nil }
    }
    let pair = ComparedPair(batch[place].record)
    if pair.document >= range.upperBound, !range.isEmpty { return nil }
    guard range.contains(pair.document), pair.other < documentCount else {
      throw .mismatched(
        path: paths[batch[place].stream], what: "holds a document out of its place")
    }
    place += 1
    return pair
  }
}
