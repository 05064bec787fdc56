/// Finds the pieces of one partition that were seen before, in a Bloom filter.
///
/// Shard after shard is read in order, so the first copy in input order stays whatever the workers,
/// and no merge has to hold a buffer for each shard. Each partition has a filter of its own, for as
/// many keys as there are or its share of the capacity given.
struct FilteredRepeats {
  /// The partition's keys of each shard.
  private let keys: [(path: String, segment: SegmentTable.Segment)]
  private var filter: BloomFilter

  init(
    keyFiles: [String], partition: Int, settings: DeduplicationSettings, errorRate: Double,
    memoryByteCount: Int
  ) throws(DeduplicationError) {
    var keys: [(path: String, segment: SegmentTable.Segment)] = []
    var keyCount = 0
    for path in keyFiles {
      let table = try SegmentTable(
        path: path, kind: RepeatPhase.pieces.keyKind, settingsDigest: settings.pieceDigest)
      guard table.segments.count == settings.partitions else {
        throw .mismatched(path: path, what: "has another number of segments")
      }
      keyCount += table.segments[partition].byteCount / SortRecord.byteCount
      keys.append((path, table.segments[partition]))
    }
    self.keys = keys
    let share = settings.pieces.filterCapacity.map { Self.share(of: $0, settings.partitions) }
    filter = try BloomFilter(
      capacity: share ?? keyCount, errorRate: errorRate, memoryByteCount: memoryByteCount)
  }

  /// A partition's share of a capacity, with six standard deviations of the binomial distribution.
  private static func share(of capacity: Int, _ partitions: Int) -> Int {
    let mean = Double(capacity) / Double(partitions)
    return min(capacity, Int((mean + 6 * mean.squareRoot()).rounded(.up)))
  }

  /// Gives the marks of all copies but the first, as `RepeatTask` writes them.
  mutating func find(
    _ take: (SortRecord) throws(DeduplicationError) -> Void
  ) throws(DeduplicationError) {
    for (shard, (path, segment)) in keys.enumerated() {
      let stream = RecordStream(
        .file(path), offset: segment.offset, byteCount: segment.byteCount,
        checksum: segment.checksum, bufferByteCount: 1 << 18)
      while case let records = try stream.next(), !records.isEmpty {
        for record in records {
          // Copies in one shard follow each other; the kind is in `low`, so kinds never mix.
          let low = mix(record.low & PieceKey.keyMask, 0xA076_1D64_78BD_642F) ^ record.high
          guard try filter.insert(high: record.high &* 0x9E37_79B9_7F4A_7C15, low: low) else {
            continue
          }
          try take(
            SortRecord(
              high: UInt64(shard) << 32 | PieceKey.number(record),
              low: record.low >> 32 & 7))
        }
      }
    }
  }
}
