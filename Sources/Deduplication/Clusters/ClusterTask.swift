package import ByteKernels

/// Decides which documents of each connected set stay, for the sets of one range of documents.
package enum ClusterTask {
  /// Writes the documents removed to `removedOutput`, those kept for them to `keptOutput` with how
  /// many each stands for, and `clustersJSON`: every cluster of two or more, in order of the sets'
  /// first documents.
  ///
  /// `setFile` is that of the set task; a set belongs to the range of its first document. The documents
  /// of the first `indexShardCount` shards, those of an index, all stay.
  package static func run(
    prefixes: [String], indexShardCount: Int = 0, setFile: String, range: Int,
    settings: DeduplicationSettings, seed: UInt64, memoryByteCount: Int, removedOutput: String,
    keptOutput: String, clustersJSON: String
  ) throws(DeduplicationError) -> ([OutputFile.Published], ClusterCounts) {
    // A quarter each: members of a set, what is compared of them or their sorting, output.
    let quarter = memoryByteCount / 4
    let shards = try SignedShards(
      prefixes: prefixes, settings: settings,
      settingsDigest: settings.signatureDigest(seed: seed))
    let (digest, ranges) = (settings.digest(seed: seed), shards.ranges)
    let stream = try RangedRecords.stream(
      setFile, kind: .sets, settingsDigest: digest, index: 0, range: range, ranges: ranges,
      bufferByteCount: 1 << 16)
    let writer = try ClusterWriter(
      removedOutput: removedOutput, keptOutput: keptOutput, clustersJSON: clustersJSON,
      shards: shards, memoryByteCount: quarter)
    try part(
      SetRecords(
        stream: stream, path: setFile, firsts: ranges.documents(of: range),
        documentCount: UInt64(ranges.documentCount)),
      shards, indexDocumentCount: UInt64(shards.bases[indexShardCount]), settings, quarter,
      besides: clustersJSON, to: writer)
    var removed = try RangedRecords.Writer(
      path: removedOutput, kind: .removed, settingsDigest: digest, index: range, ranges: ranges,
      shift: ComparedPair.documentShift)
    var kept = try RangedRecords.Writer(
      path: keptOutput, kind: .kept, settingsDigest: digest, index: range, ranges: ranges, shift: 0)
    return (try writer.publish(removedTo: &removed, keptTo: &kept), writer.counts)
  }

  private static func part(
    _ sets: SetRecords, _ shards: SignedShards, indexDocumentCount: UInt64,
    _ settings: DeduplicationSettings, _ memoryByteCount: Int, besides path: String,
    to writer: ClusterWriter
  ) throws(DeduplicationError) {
    let resolver = ClusterResolver(
      shards: shards, indexDocumentCount: indexDocumentCount, settings: settings,
      limits: KeptDocuments.Limits(byteCount: memoryByteCount))
    var groups: CopyGroups?
    func end() throws(DeduplicationError) {
      guard let groups else { return }
      try groups.finish()
      try writer.write(try resolver.part(groups.members), of: groups)
    }
    try sets.forEach { document, isFirst throws(DeduplicationError) in
      if isFirst {
        try end()
        groups = CopyGroups(
          shards: shards, indexDocumentCount: indexDocumentCount, settings: settings,
          memoryByteCount: memoryByteCount, besides: path)
      }
      try groups?.add(document)
    }
    try end()
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
    _ body: (_ document: UInt64, _ isFirst: Bool) throws(DeduplicationError) -> Void
  ) throws(DeduplicationError) {
    var first: UInt64?
    while case let records = try stream.next(), !records.isEmpty {
      for record in records {
        guard firsts.contains(record.high), record.low > record.high, record.low < documentCount
        else { throw .mismatched(path: path, what: "holds a set out of its place") }
        if record.high != first {
          try body(record.high, true)
          first = record.high
        }
        try body(record.low, false)
      }
    }
  }
}
