internal import ByteKernels
internal import Documents

/// Writes what was removed: a list for each shard, and `removed.jsonl` for people.
///
/// Takes removals in any order and any number within its memory budget; writes in input order.
final class RemovalWriter {
  private let shards: SignedShards
  private let settings: DeduplicationSettings
  private let settingsDigest: UInt64
  private let sorter: RecordSorter

  init(
    shards: SignedShards, settings: DeduplicationSettings, settingsDigest: UInt64,
    besides path: String,
    memoryByteCount: Int
  ) {
    self.shards = shards
    self.settings = settings
    self.settingsDigest = settingsDigest
    sorter = RecordSorter(besides: path, memoryByteCount: memoryByteCount)
  }

  /// As a record: `high` the document, `low` the kept one, 16 bits of equal hashes, the
  /// reason's code.
  func append(_ removal: ClusterResolver.Removal, kept: UInt64) throws(DeduplicationError) {
    let low = kept << 18 | UInt64(removal.equalHashCount) << 2 | removal.reason.code
    try sorter.append(SortRecord(high: removal.member.document, low: low))
  }

  /// Publishes a list for every shard, in order, then the JSON lines.
  func publish(
    removalPath: (Int) -> String, removedJSON: String
  ) throws(DeduplicationError) -> [OutputFile.Published] {
    try sorter.finish()
    var published: [OutputFile.Published] = []
    let json = try DeduplicationError.wrap { () throws(FileError) in
      try OutputFile(path: removedJSON)
    }
    var next = try sorter.next()
    for shard in 0..<(shards.bases.count - 1) {
      let (base, end) = (shards.bases[shard], shards.bases[shard + 1])
      var marks = [UInt8](repeating: 0, count: (end - base + 3) / 4)
      while let record = next, record.high < UInt64(end) {
        let row = Int(record.high) - base
        marks[row / 4] |= UInt8(record.low & 3 + 1) << (UInt8(row % 4) * 2)
        let line = try line(record)
        do { try json.write(line) } catch { throw .file(error) }
        next = try sorter.next()
      }
      let list = try SegmentFileWriter(
        path: removalPath(shard), kind: .removals, settingsDigest: settingsDigest,
        recordByteCount: 1, index: shard)
      try list.write(marks)
      list.endSegment()
      published.append(try list.publish(documentCount: end - base))
    }
    published.append(
      try DeduplicationError.wrap { () throws(FileError) in try json.publish() })
    return published
  }

  /// `{"id":…,"kept":…,"similarity":…,"reason":…}`: 1 for texts of the same bytes, else the share of
  /// equal min-hashes, null where there are none.
  private func line(_ record: SortRecord) throws(DeduplicationError) -> [UInt8] {
    let equal = Int(record.low >> 2 & 0xFFFF)
    let reason = RemovalReason(code: record.low & 3)
    let share = Double(equal) / Double(settings.hashCount)
    let similarity = reason == .exact ? "1.0" : share.isNaN ? "null" : "\(share)"
    let (removed, kept) = (try shards.id(record.high), try shards.id(record.low >> 18))
    var line = Array(#"{"id":"#.utf8)
    JSONText.append(removed.span, to: &line)
    line += Array(#","kept":"#.utf8)
    JSONText.append(kept.span, to: &line)
    line += Array(",\"similarity\":\(similarity),\"reason\":\"\(reason.rawValue)\"}\n".utf8)
    return line
  }
}
