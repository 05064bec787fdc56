package import ByteKernels

/// Verifies the candidate pairs of one range of documents, each pair once.
package enum PairTask {
  /// Writes the pairs that are similar enough to `output`, in order; a pair belongs to the range of its
  /// later document.
  ///
  /// `edgeFiles` are those of all partitions, in order.
  package static func run(
    prefixes: [String], edgeFiles: [String], range: Int, settings: DeduplicationSettings,
    seed: UInt64, memoryByteCount: Int, output: String
  ) throws(DeduplicationError) -> (OutputFile.Published, PairCounts) {
    let digest = settings.signatureDigest(seed: seed)
    guard edgeFiles.count == settings.partitions else {
      throw .limit(
        what: "\(edgeFiles.count) edge files are given for \(settings.partitions) partitions")
    }
    let shards = try SignedShards(
      prefixes: prefixes, settings: settings, settingsDigest: digest)
    let ranges = shards.ranges
    let documents = ranges.documents(of: range)
    let edges = try RangedRecords.merge(
      edgeFiles, kind: .edges, settingsDigest: digest, range: range, ranges: ranges,
      memoryByteCount: memoryByteCount / 2)
    let verifier = PairVerifier(DocumentComparer(shards: shards, settings: settings))
    let writer = try SegmentFileWriter(
      path: output, kind: .pairs, settingsDigest: settings.digest(seed: seed),
      recordByteCount: SortRecord.byteCount, index: range)
    var counts = PairCounts()
    var last = SortRecord(high: .max, low: .max)
    while case let batch = try edges.next(), !batch.isEmpty {
      var pairs: [SortRecord] = []
      for merged in batch {
        let record = merged.record
        // One pair from several partitions; the surest reason came first.
        if record.high == last.high, record.low >> 2 == last.low >> 2 { continue }
        last = record
        let edge = Edge(record)
        guard documents.contains(edge.document), edge.earlier < edge.document else {
          throw .mismatched(path: edgeFiles[merged.stream], what: "holds a pair out of its place")
        }
        counts.candidateCount += 1
        guard let pair = try verifier.verified(edge) else { continue }
        counts.verifiedCount += 1
        pairs.append(pair.record)
      }
      try writer.write(pairs[...])
    }
    writer.endSegment()
    return (try writer.publish(documentCount: ranges.documentCount), counts)
  }
}
