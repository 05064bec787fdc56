internal import ByteKernels

/// Writes for the documents of one shard the MD5 of their URLs and where their pieces end.
///
/// Records of 24 bytes: number of the first piece after the document, MD5 as two numbers, the high one
/// first.
final class PageTableWriter {
  private let writer: SegmentFileWriter
  private var documentCount = 0

  init(path: String, settings: DeduplicationSettings) throws(DeduplicationError) {
    writer = try SegmentFileWriter(
      path: path, kind: .pages, settingsDigest: settings.pieceDigest,
      recordByteCount: PageTable.recordByteCount)
  }

  func append(url: String, pieceEnd: Int) throws(DeduplicationError) {
    let digest = MD5(of: Array(url.utf8))
    var record: [UInt8] = []
    record.append(littleEndian: UInt64(pieceEnd))
    record.append(littleEndian: digest.high)
    record.append(littleEndian: digest.low)
    try writer.write(record)
    documentCount += 1
  }

  func publish() throws(DeduplicationError) -> OutputFile.Published {
    writer.endSegment()
    return try writer.publish(documentCount: documentCount)
  }
}

/// The pages of all shards' pieces, for reading here and there.
final class PageTable {
  static let recordByteCount = 24

  private let paths: [String]
  private let settings: DeduplicationSettings
  private let memoryByteCount: Int
  private var shards: [MappedSegments?]
  private var touchedByteCount = 0

  /// Files come into memory as they are asked for, up to about `memoryByteCount` bytes of them.
  init(paths: [String], settings: DeduplicationSettings, memoryByteCount: Int) {
    self.paths = paths
    self.settings = settings
    self.memoryByteCount = memoryByteCount
    shards = Array(repeating: nil, count: paths.count)
  }

  /// The MD5 of the URL of the document that has a piece: shard times 2^32 and number in the shard.
  func page(ofPiece place: UInt64) throws(DeduplicationError) -> MD5 {
    let shard = Int(place >> 32)
    let number = place & 0xFFFF_FFFF
    let file = try opened(shard)
    let before = file.touchedByteCount
    let page = try Self.page(in: file, number)
    touchedByteCount += file.touchedByteCount - before
    if touchedByteCount > memoryByteCount { release() }
    guard let page else {
      throw .mismatched(path: paths[shard], what: "does not fit the pieces beside it")
    }
    return page
  }

  private static func page(
    in file: MappedSegments, _ number: UInt64
  ) throws(DeduplicationError) -> MD5? {
    try file.withSegment(0) { bytes in
      let count = bytes.byteCount / recordByteCount
      var (low, high) = (0, count)
      while low < high {
        let middle = (low + high) / 2
        if bytes.load64(middle * recordByteCount) > number {
          high = middle
        } else {
          low = middle + 1
        }
      }
      guard low < count else { return nil }
      let start = low * recordByteCount
      return MD5(high: bytes.load64(start + 8), low: bytes.load64(start + 16))
    }
  }

  private func opened(_ shard: Int) throws(DeduplicationError) -> MappedSegments {
    guard shard < paths.count else {
      throw .limit(what: "The rule 'url' lacks the pages of shard \(shard)")
    }
    if let file = shards[shard] { return file }
    let file = try MappedSegments(
      path: paths[shard], kind: .pages, settingsDigest: settings.pieceDigest)
    guard file.table.segments.count == 1, file.table.recordByteCount == Self.recordByteCount else {
      throw .mismatched(path: paths[shard], what: "is no table of pages")
    }
    shards[shard] = file
    return file
  }

  private func release() {
    for file in shards { file?.release() }
    touchedByteCount = 0
  }
}
