internal import ByteKernels

/// Sorted records in a file with a segment for each range of documents.
///
/// So a task that goes by document finds its part of what each task of the stage before wrote.
enum RangedRecords {
  /// The least that a source of a merge reads at once.
  private static let leastBufferByteCount = 4096

  /// Writes sorted records; those of a document have `high >> shift` equal to its number.
  struct Writer {
    private let file: SegmentFileWriter
    private let ranges: DocumentRanges
    private let shift: UInt64
    private var range = 0
    private var end: UInt64

    init(
      path: String, kind: SegmentKind, settingsDigest: UInt64, index: Int, ranges: DocumentRanges,
      shift: UInt64
    ) throws(DeduplicationError) {
      file = try SegmentFileWriter(
        path: path, kind: kind, settingsDigest: settingsDigest,
        recordByteCount: SortRecord.byteCount, index: index)
      self.ranges = ranges
      self.shift = shift
      end = ranges.documents(of: 0).upperBound
    }

    mutating func write(_ records: [SortRecord]) throws(DeduplicationError) {
      var start = 0
      for (place, record) in records.enumerated() where record.high >> shift >= end {
        try file.write(records[start..<place])
        start = place
        while record.high >> shift >= end {
          file.endSegment()
          range += 1
          end = ranges.documents(of: range).upperBound
        }
      }
      try file.write(records[start...])
    }

    /// Publishes the file with all records of a sorter.
    mutating func publish(
      _ sorter: RecordSorter
    ) throws(DeduplicationError) -> OutputFile.Published {
      try sorter.finish()
      while case let batch = try sorter.nextBatch(), !batch.isEmpty { try write(batch) }
      return try publish()
    }

    /// Publishes the file; nothing may be written after.
    mutating func publish() throws(DeduplicationError) -> OutputFile.Published {
      for _ in range..<ranges.count { file.endSegment() }
      return try file.publish(documentCount: ranges.documentCount)
    }
  }

  /// The records of one range from all of `paths`, in order; `paths` are those of all tasks.
  static func merge(
    _ paths: [String], kind: SegmentKind, settingsDigest: UInt64, range: Int,
    ranges: DocumentRanges, memoryByteCount: Int
  ) throws(DeduplicationError) -> RecordMerger {
    let buffer = try bufferByteCount(sourceCount: paths.count, memoryByteCount: memoryByteCount)
    var streams: [RecordStream] = []
    for (index, path) in paths.enumerated() {
      streams.append(
        try stream(
          path, kind: kind, settingsDigest: settingsDigest, index: index, range: range,
          ranges: ranges, bufferByteCount: buffer))
    }
    return try RecordMerger(streams)
  }

  /// The records of one range from one file.
  static func stream(
    _ path: String, kind: SegmentKind, settingsDigest: UInt64, index: Int, range: Int,
    ranges: DocumentRanges, bufferByteCount: Int
  ) throws(DeduplicationError) -> RecordStream {
    let table = try SegmentTable(path: path, kind: kind, settingsDigest: settingsDigest)
    guard table.index == index, table.documentCount == ranges.documentCount,
      table.segments.count == ranges.count, table.recordByteCount == SortRecord.byteCount
    else {
      throw .mismatched(path: path, what: "belongs to another task or other shards")
    }
    return RecordStream(table, segment: range, bufferByteCount: bufferByteCount)
  }

  /// What each source of a merge may hold; refuses a merge that does not fit.
  static func bufferByteCount(
    sourceCount: Int, memoryByteCount: Int
  ) throws(DeduplicationError) -> Int {
    // As much again for the bytes that are being taken apart.
    let share = memoryByteCount / 2 / max(1, sourceCount)
    guard share >= leastBufferByteCount else {
      let least = 2 * leastBufferByteCount * sourceCount
      throw .limit(
        what: "Merging \(sourceCount) files takes \(least) bytes of memory, and there are "
          + "\(memoryByteCount); give more memory, or make fewer shards and partitions")
    }
    return min(1 << 20, share)
  }
}
