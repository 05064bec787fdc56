package import ByteKernels

/// Finds the candidate pairs of one partition of the band keys.
///
/// All shards' keys are merged in order; the documents of a bucket become a star around the first of
/// them in input order. Which pairs it finds depends on nothing but the shards' files.
package enum BucketTask {
  /// The least a source of the merge reads at once.
  private static let leastBufferByteCount = 4096

  /// Writes the pairs of a partition to `output`; memory is bounded by `memoryByteCount`.
  package static func run(
    prefixes: [String], partition: Int, settings: DeduplicationSettings, seed: UInt64,
    memoryByteCount: Int, output: String
  ) throws(DeduplicationError) -> (OutputFile.Published, BucketCounts) {
    let digest = settings.signatureDigest(seed: seed)
    let bufferByteCount = min(1 << 20, memoryByteCount / 2 / max(1, prefixes.count))
    guard bufferByteCount >= leastBufferByteCount else {
      let least = 2 * leastBufferByteCount * prefixes.count
      throw .limit(
        what: "Merging \(prefixes.count) shards takes \(least) bytes of memory, and there are "
          + "\(memoryByteCount); give more memory or make fewer shards")
    }
    var streams: [RecordStream] = []
    var bases: [UInt64] = []
    var documentCount = 0
    for prefix in prefixes {
      let table = try SegmentTable(path: "\(prefix).bands", kind: .bands, settingsDigest: digest)
      guard table.segments.count == settings.partitions else {
        throw .mismatched(path: table.path, what: "has another number of partitions")
      }
      streams.append(
        RecordStream(table, segment: partition, bufferByteCount: bufferByteCount))
      bases.append(UInt64(documentCount))
      documentCount += table.documentCount
    }
    var counts = BucketCounts()
    let sorter = RecordSorter(besides: output, memoryByteCount: memoryByteCount / 2)
    let merger = try RecordMerger(streams, lowMask: BandKey.keyMask)
    try collect(merger, bases: bases, into: sorter, &counts)
    let writer = try SegmentFileWriter(
      path: output, kind: .edges, settingsDigest: digest, recordByteCount: SortRecord.byteCount,
      index: partition)
    try write(sorter, to: writer, &counts)
    return (try writer.publish(documentCount: documentCount), counts)
  }

  /// Equal keys follow each other, in input order.
  private static func collect(
    _ merger: RecordMerger, bases: [UInt64], into sorter: RecordSorter, _ counts: inout BucketCounts
  ) throws(DeduplicationError) {
    var key = SortRecord(high: 0, low: 0)
    var first: UInt64 = 0
    var size = 0
    while case let batch = try merger.next(), !batch.isEmpty {
      counts.keyCount += batch.count
      for merged in batch {
        let (record, low) = (merged.record, merged.record.low & BandKey.keyMask)
        let document = bases[merged.stream] + UInt64(BandKey.row(record))
        guard size > 0, record.high == key.high, low == key.low else {
          key = SortRecord(high: record.high, low: low)
          first = document
          size = 1
          continue
        }
        size += 1
        if size == 2 { counts.bucketCount += 1 }
        counts.largestBucketDocumentCount = max(counts.largestBucketDocumentCount, size)
        try sorter.append(
          Edge(document: document, first: first, reason: BandKey.kind(record)).record)
      }
    }
  }

  /// A pair found for several reasons has the surest, which sorts first.
  private static func write(
    _ sorter: RecordSorter, to writer: SegmentFileWriter, _ counts: inout BucketCounts
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
      try writer.write(edges[...])
    }
    writer.endSegment()
  }
}
