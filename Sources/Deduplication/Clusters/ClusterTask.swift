package import ByteKernels

/// Decides which documents of each connected set stay, for the sets of one range of documents.
package enum ClusterTask {
  /// Writes the documents removed to `removedOutput`, those kept for them to `keptOutput` with how
  /// many each stands for, and `clustersJSON`: every cluster of two or
  /// more, in order of the sets' first documents.
  ///
  /// `setFile` is that of the set task; a set belongs to the range of its first document. The documents
  /// of the first `indexShardCount` shards, those of an index, all stay.
  package static func run(
    prefixes: [String], indexShardCount: Int = 0, setFile: String, range: Int,
    settings: DeduplicationSettings, seed: UInt64, memoryByteCount: Int, removedOutput: String,
    keptOutput: String, clustersJSON: String
  ) throws(DeduplicationError) -> ([OutputFile.Published], ClusterCounts) {
    let digest = settings.digest(seed: seed)
    let shards = try SignedShards(
      prefixes: prefixes, settings: settings,
      settingsDigest: settings.signatureDigest(seed: seed))
    let ranges = shards.ranges
    let stream = try RangedRecords.stream(
      setFile, kind: .sets, settingsDigest: digest, index: 0, range: range, ranges: ranges,
      bufferByteCount: 1 << 16)
    let resolver = ClusterResolver(
      shards: shards, indexDocumentCount: UInt64(shards.bases[indexShardCount]),
      settings: settings, memoryByteCount: memoryByteCount / 2)
    let removed = RecordSorter(besides: removedOutput, memoryByteCount: memoryByteCount / 8)
    let kept = RecordSorter(besides: keptOutput, memoryByteCount: memoryByteCount / 8)
    let clusters = try ClusterLines(path: clustersJSON, shards: shards)
    var counts = ClusterCounts()
    let sets = SetRecords(
      stream: stream, path: setFile, firsts: ranges.documents(of: range),
      documentCount: UInt64(ranges.documentCount))
    try sets.forEach { documents throws(DeduplicationError) in
      let parting = try resolver.part(documents)
      counts.partlyComparedDocumentCount += parting.partlyComparedCount
      for cluster in parting.clusters {
        counts.clusterCount += 1
        counts.largestClusterDocumentCount = max(
          counts.largestClusterDocumentCount, cluster.removed.count + 1)
        for removal in cluster.removed {
          try removed.append(
            ComparedPair(
              document: removal.member.document, other: cluster.kept.document,
              similarity: removal.similarity, reason: removal.reason
            ).record)
        }
        try kept.append(
          SortRecord(high: cluster.kept.document, low: UInt64(cluster.removed.count + 1)))
        try clusters.write(cluster)
      }
    }
    var removedWriter = try RangedRecords.Writer(
      path: removedOutput, kind: .removed, settingsDigest: digest, index: range, ranges: ranges,
      shift: ComparedPair.documentShift)
    var keptWriter = try RangedRecords.Writer(
      path: keptOutput, kind: .kept, settingsDigest: digest, index: range, ranges: ranges, shift: 0)
    return (
      [
        try removedWriter.publish(removed), try keptWriter.publish(kept), try clusters.publish(),
      ], counts
    )
  }
}

/// The sets of one range, read from the file of all.
private struct SetRecords {
  let stream: RecordStream
  let path: String
  /// Documents that can be the first of a set.
  let firsts: Range<UInt64>
  let documentCount: UInt64

  /// Calls `body` with the documents of each set, the first of them first.
  func forEach(
    _ body: ([UInt64]) throws(DeduplicationError) -> Void
  ) throws(DeduplicationError) {
    var set: [UInt64] = []
    while case let records = try stream.next(), !records.isEmpty {
      for record in records {
        guard firsts.contains(record.high), record.low > record.high, record.low < documentCount
        else { throw .mismatched(path: path, what: "holds a set out of its place") }
        if set.first != record.high {
          if !set.isEmpty { try body(set) }
          set = [record.high]
        }
        set.append(record.low)
      }
    }
    if !set.isEmpty { try body(set) }
  }
}
