internal import ByteKernels

/// The pieces of one shard that are to be cut, as the partitions' files say.
///
/// Asked for pieces in the order of their numbers.
final class RepeatMarks {
  private let merger: RecordMerger
  private var batch: [RecordMerger.Merged] = []
  private var place = 0

  /// `repeatFiles` are those of all partitions, in order.
  init(
    repeatFiles: [String], phase: RepeatPhase, shard: Int, shardCount: Int,
    settings: DeduplicationSettings,
    memoryByteCount: Int
  ) throws(DeduplicationError) {
    merger = try RecordMerger(
      files: repeatFiles, kind: phase.repeatKind, settingsDigest: settings.pieceDigest,
      segment: shard, of: shardCount + 1, memoryByteCount: memoryByteCount)
    try refill()
  }

  /// The number of the next piece to cut; nil when there are no more.
  var next: UInt64? { place < batch.count ? batch[place].record.high : nil }

  /// Goes on to the piece after `next`.
  func advance() throws(DeduplicationError) {
    place += 1
    if place == batch.count { try refill() }
  }

  private func refill() throws(DeduplicationError) {
    batch = try merger.next()
    place = 0
  }
}
