internal import ByteKernels

/// Writes for each document of a shard how many tokens and anchors it has, so that what comes later
/// can pass over documents in which nothing is repeated.
///
/// Records of 8 bytes: tokens, anchors.
final class TokenCountWriter {
  private let writer: SegmentFileWriter
  private var documentCount = 0

  init(path: String, settings: DeduplicationSettings) throws(DeduplicationError) {
    writer = try SegmentFileWriter(
      path: path, kind: .tokenCounts, settingsDigest: settings.pieceDigest,
      recordByteCount: TokenCounts.recordByteCount)
  }

  func append(tokens: Int, anchors: Int) throws(DeduplicationError) {
    var record: [UInt8] = []
    record.append(littleEndian: UInt32(tokens))
    record.append(littleEndian: UInt32(anchors))
    try writer.write(record)
    documentCount += 1
  }

  func publish() throws(DeduplicationError) -> OutputFile.Published {
    writer.endSegment()
    return try writer.publish(documentCount: documentCount)
  }
}

/// The counts of one shard's documents, one after the other.
struct TokenCounts {
  static let recordByteCount = 8

  let path: String
  private let bytes: [UInt8]
  private var place = 0

  /// Where the counts stand that belong to the anchor keys at `path`.
  static func path(besides path: String) -> String { "\(path).counts" }

  init(path: String, settings: DeduplicationSettings) throws(DeduplicationError) {
    let file = try MappedSegments(
      path: path, kind: .tokenCounts, settingsDigest: settings.pieceDigest)
    self.path = path
    bytes = try file.withSegment(0) { RecordBytes.array($0) }
  }

  /// The counts of the next document.
  mutating func next() throws(DeduplicationError) -> (tokens: Int, anchors: Int) {
    guard place + Self.recordByteCount <= bytes.count else {
      throw .mismatched(path: path, what: "does not fit the documents of its shard")
    }
    let start = place
    place += Self.recordByteCount
    return (Int(bytes.span.raw.load32(start)), Int(bytes.span.raw.load32(start + 4)))
  }
}
