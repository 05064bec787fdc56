extension RecordMerger {
  /// The least a source of a merge reads at once.
  private static var leastBufferByteCount: Int { 4096 }

  /// Merges one segment of each of many files, which all have `segmentCount` segments.
  convenience init(
    files: [String], kind: SegmentKind, settingsDigest: UInt64, segment: Int,
    of segmentCount: Int, lowMask: UInt64 = .max, memoryByteCount: Int
  ) throws(DeduplicationError) {
    let bufferByteCount = min(1 << 20, memoryByteCount / max(1, files.count))
    guard bufferByteCount >= Self.leastBufferByteCount else {
      let least = Self.leastBufferByteCount * files.count
      throw .limit(
        what: "Merging \(files.count) files takes \(least) bytes of memory, and there are "
          + "\(memoryByteCount); give more memory, or make fewer shards or partitions")
    }
    var streams: [RecordStream] = []
    for path in files {
      let table = try SegmentTable(path: path, kind: kind, settingsDigest: settingsDigest)
      guard table.segments.count == segmentCount else {
        throw .mismatched(path: path, what: "has another number of segments")
      }
      streams.append(RecordStream(table, segment: segment, bufferByteCount: bufferByteCount))
    }
    try self.init(streams, lowMask: lowMask)
  }
}
