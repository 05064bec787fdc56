internal import ByteKernels

/// Writes the sets of shingles of one shard's documents: of all, or of those in the sample.
///
/// A segment file with two segments for each 4096 sets: their hashes, then for each an entry
///
/// ```
///  0  8  row of the document in its shard
///  8  8  sample key of its signature
/// 16  8  where the hashes end in their segment; they begin where those before end
/// 24  8  XXH64 of the hashes, with the row for a seed
/// ```
final class ShingleWriter {
  static let entryByteCount = 32
  static let setsPerSegment = 4096

  private let file: SegmentFileWriter
  private var entries: [UInt8] = []
  private var end = 0
  /// Sets so far.
  private var count = 0

  init(path: String, settingsDigest: UInt64) throws(DeduplicationError) {
    file = try SegmentFileWriter(
      path: path, kind: .shingles, settingsDigest: settingsDigest, recordByteCount: 4)
  }

  func append(row: UInt32, _ signature: Signature) throws(DeduplicationError) {
    var hashes: [UInt8] = []
    hashes.reserveCapacity(4 * signature.shingles.count)
    RecordBytes.append(signature.shingles, to: &hashes)
    try file.write(hashes)
    end += hashes.count
    entries.append(littleEndian: UInt64(row))
    entries.append(littleEndian: signature.sampleKey)
    entries.append(littleEndian: UInt64(end))
    entries.append(littleEndian: XXH64.hash(hashes.span, seed: UInt64(row)))
    count += 1
    if count % Self.setsPerSegment == 0 { try endSegments() }
  }

  /// `documentCount` is that of the shard.
  func publish(documentCount: Int) throws(DeduplicationError) -> OutputFile.Published {
    if count % Self.setsPerSegment != 0 { try endSegments() }
    return try file.publish(documentCount: documentCount)
  }

  private func endSegments() throws(DeduplicationError) {
    file.endSegment()
    try file.write(entries)
    file.endSegment()
    entries.removeAll(keepingCapacity: true)
    end = 0
  }
}
