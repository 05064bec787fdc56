internal import ByteKernels

/// Which rows of one shard are duplicates, and why.
///
/// Row r has the two bits from 2 (r mod 4) on of byte r / 4: 0 kept, else 1 plus the code of the
/// reason.
package final class RemovalList: Sendable {
  /// The shard's place among those of the run.
  package let shardIndex: Int
  /// Rows of the shard, kept and removed.
  package let documentCount: Int
  /// Rows removed.
  package let count: Int
  private let marks: [UInt8]

  /// Reads and checks the list at `path`.
  package init(path: String) throws(DeduplicationError) {
    let file = try MappedSegments(path: path, kind: .removals, settingsDigest: nil)
    let documentCount = file.table.documentCount
    guard file.table.segments.count == 1,
      file.table.segments[0].byteCount == (documentCount + 3) / 4
    else { throw .mismatched(path: path, what: "does not fit its count of documents") }
    let marks = try file.withSegment(0) { RecordBytes.array($0) }
    shardIndex = file.table.index
    self.documentCount = documentCount
    self.marks = marks
    count = marks.reduce(0) { $0 + (($1 | $1 >> 1) & 0x55).nonzeroBitCount }
  }

  package func contains(row: Int) -> Bool { reason(row: row) != nil }

  /// Nil for a row that is kept.
  package func reason(row: Int) -> RemovalReason? {
    precondition(row < documentCount, "the shard has more rows than its removal list")
    let mark = marks[row / 4] >> (UInt8(row % 4) * 2) & 3
    return mark == 0 ? nil : RemovalReason(code: UInt64(mark - 1))
  }

  /// A list that is being made.
  struct Marks {
    private let documentCount: Int
    private var bytes: [UInt8]

    /// Every row kept.
    init(documentCount: Int) {
      self.documentCount = documentCount
      bytes = Array(repeating: 0, count: (documentCount + 3) / 4)
    }

    mutating func set(row: Int, _ reason: RemovalReason) {
      bytes[row / 4] |= UInt8(reason.code + 1) << (UInt8(row % 4) * 2)
    }

    func write(
      to path: String, shardIndex: Int, settingsDigest: UInt64
    ) throws(DeduplicationError) -> OutputFile.Published {
      let file = try SegmentFileWriter(
        path: path, kind: .removals, settingsDigest: settingsDigest, recordByteCount: 1,
        index: shardIndex)
      try file.write(bytes)
      file.endSegment()
      return try file.publish(documentCount: documentCount)
    }
  }
}
