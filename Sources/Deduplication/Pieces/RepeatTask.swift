package import ByteKernels

/// Finds which pieces of one partition occur more than once, and which copies are cut.
///
/// All shards' keys are merged in order; what is found depends on the shards' files alone.
package enum RepeatTask {
  /// Writes the pieces to cut, for each shard in the order of their numbers, to `output`; memory is
  /// bounded by `memoryByteCount`.
  package static func run(
    keyFiles: [String], partition: Int, settings: DeduplicationSettings, memoryByteCount: Int,
    output: String
  ) throws(DeduplicationError) -> OutputFile.Published {
    let merger = try RecordMerger(
      files: keyFiles, kind: .pieceKeys, settingsDigest: settings.pieceDigest,
      segment: partition, of: settings.partitions, lowMask: PieceKey.keyMask,
      memoryByteCount: memoryByteCount / 2)
    let sorter = RecordSorter(besides: output, memoryByteCount: memoryByteCount / 2)
    var finder = RepeatFinder(settings: settings.pieces, sorter: sorter)
    while case let batch = try merger.next(), !batch.isEmpty {
      for merged in batch { try finder.take(merged) }
    }
    let frequent = finder.finish()
    let writer = try SegmentFileWriter(
      path: output, kind: .repeats, settingsDigest: settings.pieceDigest,
      recordByteCount: SortRecord.byteCount, index: partition)
    try write(sorter, shardCount: keyFiles.count, to: writer)
    try writer.write(frequent.map(\.record)[...])
    writer.endSegment()
    return try writer.publish(documentCount: keyFiles.count)
  }

  /// Each shard's marks as a segment, with the shard left out.
  private static func write(
    _ sorter: RecordSorter, shardCount: Int, to writer: SegmentFileWriter
  ) throws(DeduplicationError) {
    try sorter.finish()
    var shard = 0
    while case let batch = try sorter.nextBatch(), !batch.isEmpty {
      var marks: [SortRecord] = []
      for mark in batch {
        let wanted = Int(mark.high >> 32)
        if shard < wanted {
          try writer.write(marks[...])
          marks.removeAll(keepingCapacity: true)
          for _ in shard..<wanted { writer.endSegment() }
          shard = wanted
        }
        marks.append(SortRecord(high: mark.high & 0xFFFF_FFFF, low: mark.low))
      }
      try writer.write(marks[...])
    }
    for _ in shard..<shardCount { writer.endSegment() }
  }
}

/// Goes through merged keys and marks the copies to cut.
///
/// A mark is a record: `high` the shard times 2^32 and the number of the piece in it, `low` its kind.
private struct RepeatFinder {
  private let settings: PieceSettings
  private let sorter: RecordSorter
  private var key = SortRecord(high: 0, low: 0)
  private var first: UInt64 = 0
  private var count = 0
  private var rule = CopyRule.off
  private var kind = PieceKind.paragraph
  private var frequent = FrequentPieces()

  init(settings: PieceSettings, sorter: RecordSorter) {
    self.settings = settings
    self.sorter = sorter
  }

  /// Equal keys follow each other, in input order.
  mutating func take(_ merged: RecordMerger.Merged) throws(DeduplicationError) {
    let (record, low) = (merged.record, merged.record.low & PieceKey.keyMask)
    let place = UInt64(merged.stream) << 32 | PieceKey.number(record)
    guard count > 0, record.high == key.high, low == key.low else {
      endGroup()
      key = SortRecord(high: record.high, low: low)
      (first, count) = (place, 1)
      guard let kind = PieceKey.kind(record) else {
        throw .limit(what: "A key of a piece is of no known kind")
      }
      self.kind = kind
      rule = settings.rule(of: kind)
      return
    }
    count += 1
    if count == 2, rule == .none { try mark(first) }
    try mark(place)
  }

  /// The most frequent pieces, when all keys have been taken.
  mutating func finish() -> [FrequentPiece] {
    endGroup()
    return frequent.sorted()
  }

  private mutating func endGroup() {
    if count > 1 { frequent.add(FrequentPiece(count: UInt64(count), place: first)) }
    count = 0
  }

  private func mark(_ place: UInt64) throws(DeduplicationError) {
    try sorter.append(SortRecord(high: place, low: UInt64(kind.rawValue)))
  }
}
