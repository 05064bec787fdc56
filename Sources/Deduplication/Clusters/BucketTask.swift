package import ByteKernels

/// Finds the candidate pairs of one partition of the band keys.
///
/// All shards' keys are merged in order. Each document of a bucket makes a pair with the first of them
/// in input order and, where equality is no more than a sign, with the one before it: so a first
/// document that is unlike the rest does not hide that the rest are alike. The pairs grow with the
/// documents of a bucket, not with their square, and depend on nothing but the shards' files.
package enum BucketTask {
  /// Writes the pairs of a partition to `output`; memory is bounded by `memoryByteCount`.
  ///
  /// The first `indexShardCount` shards are those of an index, whose documents make no pairs with each
  /// other.
  package static func run(
    prefixes: [String], indexShardCount: Int = 0, partition: Int, settings: DeduplicationSettings,
    seed: UInt64,
    memoryByteCount: Int, output: String
  ) throws(DeduplicationError) -> (OutputFile.Published, BucketCounts) {
    let digest = settings.signatureDigest(seed: seed)
    let bufferByteCount = try RangedRecords.bufferByteCount(
      sourceCount: prefixes.count, memoryByteCount: memoryByteCount)
    var streams: [RecordStream] = []
    var bases = [0]
    for prefix in prefixes {
      let table = try SegmentTable(path: "\(prefix).bands", kind: .bands, settingsDigest: digest)
      guard table.segments.count == settings.partitions else {
        throw .mismatched(path: table.path, what: "has another number of partitions")
      }
      streams.append(
        RecordStream(table, segment: partition, bufferByteCount: bufferByteCount))
      bases.append(bases[bases.count - 1] + table.documentCount)
    }
    var counts = BucketCounts()
    let sorter = RecordSorter(besides: output, memoryByteCount: memoryByteCount / 2)
    let merger = try RecordMerger(streams, lowMask: BandKey.keyMask)
    try collect(
      merger, bases: bases, after: UInt64(bases[indexShardCount]), into: sorter, &counts)
    var writer = try RangedRecords.Writer(
      path: output, kind: .edges, settingsDigest: digest, index: partition,
      ranges: DocumentRanges(bases: bases, settings: settings), shift: 0)
    try write(sorter, to: &writer, &counts)
    return (try writer.publish(), counts)
  }

  /// Equal keys follow each other, in input order.
  private static func collect(
    _ merger: RecordMerger, bases: [Int], after indexDocumentCount: UInt64,
    into sorter: RecordSorter, _ counts: inout BucketCounts
  ) throws(DeduplicationError) {
    var key = SortRecord(high: 0, low: 0)
    var (first, previous): (UInt64, UInt64) = (0, 0)
    var size = 0
    while case let batch = try merger.next(), !batch.isEmpty {
      counts.keyCount += batch.count
      for merged in batch {
        let (record, low) = (merged.record, merged.record.low & BandKey.keyMask)
        let document = UInt64(bases[merged.stream] + BandKey.row(record))
        guard size > 0, record.high == key.high, low == key.low else {
          key = SortRecord(high: record.high, low: low)
          (first, previous) = (document, document)
          size = 1
          continue
        }
        if document < indexDocumentCount {
          previous = document
          continue
        }
        size += 1
        if size == 2 { counts.bucketCount += 1 }
        counts.largestBucketDocumentCount = max(counts.largestBucketDocumentCount, size)
        let reason = BandKey.kind(record)
        try sorter.append(Edge(document: document, earlier: first, reason: reason).record)
        if reason == .near, previous != first {
          try sorter.append(Edge(document: document, earlier: previous, reason: reason).record)
        }
        previous = document
      }
    }
  }

  /// A pair found for several reasons has the surest, which sorts first.
  private static func write(
    _ sorter: RecordSorter, to writer: inout RangedRecords.Writer, _ counts: inout BucketCounts
  ) throws(DeduplicationError) {
    try sorter.finish()
    var last: SortRecord?
    while case let batch = try sorter.nextBatch(), !batch.isEmpty {
      var edges: [SortRecord] = []
      for record in batch {
        if let last, last.high == record.high, last.low >> 2 == record.low >> 2 { continue }
        edges.append(record)
        last = record
      }
      counts.edgeCount += edges.count
      try writer.write(edges)
    }
  }
}
