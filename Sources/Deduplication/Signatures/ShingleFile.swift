internal import ByteKernels

/// The sets of shingles of one shard, for reading here and there (`ShingleWriter`).
final class ShingleFile {
  /// A set that is there.
  struct Entry: Equatable {
    let row: Int
    let sampleKey: UInt64
  }

  /// Entries that are read at once.
  private static let blockCount = 128

  private let file: SegmentParts
  /// The entries read last, and the number of their block.
  private var block: [UInt8] = []
  private var blockNumber: Int?
  /// Sets that are there.
  let count: Int

  init(path: String, settingsDigest: UInt64) throws(DeduplicationError) {
    file = try SegmentParts(path: path, kind: .shingles, settingsDigest: settingsDigest)
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
  /// Documents of the shard, those without a set included.
  var documentCount: Int { file.table.documentCount }

  /// Closes the file, which stays ready.
  func close() {
    file.close()
    (block, blockNumber) = ([], nil)
  }

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
    let hashes = try file.part(Int(start)..<Int(end), ofSegment: segment)
    guard XXH64.hash(hashes.span, seed: row) == checksum else { throw damage }
    return hashes
  }

  private func withEntry<Result>(
    _ index: Int, _ body: (RawSpan) -> Result
  ) throws(DeduplicationError) -> Result {
    if blockNumber != index / Self.blockCount { try readBlock(of: index) }
    let start = index % Self.blockCount * ShingleWriter.entryByteCount
    let block = block
    return body(block.span.raw.extracting(start..<(start + ShingleWriter.entryByteCount)))
  }

  private func readBlock(of index: Int) throws(DeduplicationError) {
    let segment = index / ShingleWriter.setsPerSegment * 2 + 1
    let first = index / Self.blockCount * Self.blockCount % ShingleWriter.setsPerSegment
    let start = first * ShingleWriter.entryByteCount
    let end = min(
      start + Self.blockCount * ShingleWriter.entryByteCount,
      file.table.segments[segment].byteCount)
    blockNumber = nil
    block = try file.part(start..<end, ofSegment: segment)
    blockNumber = index / Self.blockCount
  }
}
