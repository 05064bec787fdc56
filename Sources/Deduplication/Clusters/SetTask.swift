package import ByteKernels

/// Closes the verified pairs transitively: which documents are connected.
package enum SetTask {
  /// Writes each connected document under the first of its set to `output`.
  ///
  /// `pairFiles` are those of all ranges, in order. Takes `memoryByteCount` however many documents
  /// there are (`ConnectedSets`).
  package static func run(
    prefixes: [String], pairFiles: [String], settings: DeduplicationSettings, seed: UInt64,
    memoryByteCount: Int, output: String
  ) throws(DeduplicationError) -> (OutputFile.Published, SetCounts) {
    let digest = settings.digest(seed: seed)
    let ranges = try SignedShards(
      prefixes: prefixes, settings: settings,
      settingsDigest: settings.signatureDigest(seed: seed)
    ).ranges
    guard ranges.documentCount <= ComparedPair.documentLimit else {
      throw .limit(
        what: "\(ranges.documentCount) documents are more than the 2^40 that are clustered at once")
    }
    let sets = ConnectedSets(
      documentCount: ranges.documentCount, memoryByteCount: memoryByteCount / 2, besides: output)
    let tables = try tables(pairFiles, ranges, digest)
    for block in sets.blocks {
      try sets.connect(block) { take throws(DeduplicationError) in
        for (range, table) in tables.enumerated()
        where ranges.documents(of: range).overlaps(block) {
          try read(table, ranges.documents(of: range), block, take)
        }
      }
    }
    let sorter = RecordSorter(besides: output, memoryByteCount: memoryByteCount / 4)
    try sets.forEach { document, first throws(DeduplicationError) in
      try sorter.append(SortRecord(high: first, low: document))
    }
    return try write(sorter, ranges, digest, output)
  }

  private static func tables(
    _ paths: [String], _ ranges: DocumentRanges, _ digest: UInt64
  ) throws(DeduplicationError) -> [SegmentTable] {
    guard paths.count == ranges.count else {
      throw .limit(what: "\(paths.count) pair files are given for \(ranges.count) ranges")
    }
    var tables: [SegmentTable] = []
    for (range, path) in paths.enumerated() {
      let table = try SegmentTable(path: path, kind: .pairs, settingsDigest: digest)
      guard table.index == range, table.documentCount == ranges.documentCount,
        table.segments.count == 1, table.recordByteCount == SortRecord.byteCount
      else { throw .mismatched(path: path, what: "belongs to another task or other shards") }
      tables.append(table)
    }
    return tables
  }

  /// Reads a range's pairs to their end, so that the checksum is held against all of them.
  private static func read(
    _ table: SegmentTable, _ documents: Range<UInt64>, _ block: Range<UInt64>,
    _ take: (UInt64, UInt64) throws(DeduplicationError) -> Void
  ) throws(DeduplicationError) {
    let stream = RecordStream(table, segment: 0, bufferByteCount: 1 << 18)
    while case let records = try stream.next(), !records.isEmpty {
      for record in records {
        let pair = ComparedPair(record)
        guard documents.contains(pair.document), pair.other < pair.document else {
          throw table.damage(0)
        }
        if block.contains(pair.document) { try take(pair.document, pair.other) }
      }
    }
  }

  private static func write(
    _ sorter: RecordSorter, _ ranges: DocumentRanges, _ digest: UInt64, _ output: String
  ) throws(DeduplicationError) -> (OutputFile.Published, SetCounts) {
    try sorter.finish()
    var counts = SetCounts()
    var writer = try RangedRecords.Writer(
      path: output, kind: .sets, settingsDigest: digest, index: 0, ranges: ranges, shift: 0)
    var (first, size): (UInt64?, Int) = (nil, 0)
    while case let batch = try sorter.nextBatch(), !batch.isEmpty {
      for record in batch {
        if record.high != first {
          (first, size) = (record.high, 1)
          counts.setCount += 1
          counts.documentCount += 1
        }
        size += 1
        counts.documentCount += 1
        counts.largestSetDocumentCount = max(counts.largestSetDocumentCount, size)
      }
      try writer.write(batch)
    }
    return (try writer.publish(), counts)
  }
}
