internal import ByteKernels

/// The sets of shingles of one shard, for reading here and there (`ShingleWriter`).
final class ShingleFile {
  /// A set that is there.
  struct Entry: Equatable {
    let row: Int
    let sampleKey: UInt64
  }

  private let file: MappedSegments
  /// Sets that are there.
  let count: Int

  init(path: String, settingsDigest: UInt64) throws(DeduplicationError) {
    file = try MappedSegments(path: path, kind: .shingles, settingsDigest: settingsDigest)
    let segments = file.table.segments
    let full = ShingleWriter.setsPerSegment * ShingleWriter.entryByteCount
    var count = 0
    for place in stride(from: 1, to: segments.count, by: 2) {
      let isLast = place == segments.count - 1
      guard segments[place].byteCount % ShingleWriter.entryByteCount == 0,
        segments[place].byteCount == full || isLast
      else { throw .mismatched(path: path, what: "has entries of another form") }
      count += segments[place].byteCount / ShingleWriter.entryByteCount
    }
    guard segments.count % 2 == 0, count <= file.table.documentCount else {
      throw .mismatched(path: path, what: "has entries of another form")
    }
    self.count = count
  }

  var path: String { file.table.path }
  /// About how many bytes have come into memory since the last `release`.
  var touchedByteCount: Int { file.touchedByteCount }
  /// Documents of the shard, those without a set included.
  var documentCount: Int { file.table.documentCount }

  /// Gives the memory back; the file stays ready.
  func release() { file.release() }

  func entry(_ index: Int) throws(DeduplicationError) -> Entry {
    try withEntry(index) {
      Entry(row: Int(truncatingIfNeeded: $0.load64(0)), sampleKey: $0.load64(8))
    }
  }

  /// The hashes of a set, ascending, little-endian, held against their checksum.
  func shingles(_ index: Int) throws(DeduplicationError) -> [UInt8] {
    let isFirst = index % ShingleWriter.setsPerSegment == 0
    let start = isFirst ? 0 : try withEntry(index - 1) { $0.load64(16) }
    let (row, end, checksum) = try withEntry(index) {
      ($0.load64(0), $0.load64(16), $0.load64(24))
    }
    let segment = index / ShingleWriter.setsPerSegment * 2
    let place = file.table.segments[segment]
    let damage = DeduplicationError.damaged(
      path: path, byteOffset: place.offset, what: "the checksum of a set of shingles is wrong")
    guard start <= end, end <= UInt64(place.byteCount) else { throw damage }
    let hashes = try file.withPart(Int(start)..<Int(end), ofSegment: segment) {
      RecordBytes.array($0)
    }
    guard XXH64.hash(hashes.span, seed: row) == checksum else { throw damage }
    return hashes
  }

  private func withEntry<Result>(
    _ index: Int, _ body: (RawSpan) -> Result
  ) throws(DeduplicationError) -> Result {
    let start = index % ShingleWriter.setsPerSegment * ShingleWriter.entryByteCount
    return try file.withPart(
      start..<(start + ShingleWriter.entryByteCount),
      ofSegment: index / ShingleWriter.setsPerSegment * 2 + 1, body)
  }
}
