internal import ByteKernels

/// Writes a segment file from front to back; it appears whole or not at all.
final class SegmentFileWriter {
  private let output: OutputFile
  private let header: [UInt8]
  private var table: [UInt8] = []
  private var segmentStart = SegmentKind.headerByteCount
  private var checksum = XXH64()

  init(
    path: String, kind: SegmentKind, settingsDigest: UInt64, recordByteCount: Int, index: Int = 0
  ) throws(DeduplicationError) {
    var header = SegmentKind.headMagic
    header.append(littleEndian: SegmentKind.version)
    header.append(contentsOf: kind.rawValue.utf8)
    header.append(littleEndian: settingsDigest)
    header.append(littleEndian: UInt32(recordByteCount))
    header.append(littleEndian: UInt32(index))
    self.header = header
    output = try DeduplicationError.wrap { () throws(FileError) in
      let output = try OutputFile(path: path)
      try output.write(header)
      return output
    }
  }

  /// Adds to the open segment.
  func write(_ bytes: Span<UInt8>) throws(DeduplicationError) {
    checksum.update(bytes.raw)
    do { try output.write(bytes) } catch { throw .file(error) }
  }

  func write(_ bytes: [UInt8]) throws(DeduplicationError) {
    try write(bytes.span)
  }

  /// Adds records to the open segment.
  func write(_ records: ArraySlice<SortRecord>) throws(DeduplicationError) {
    try write(RecordBytes.bytes(of: records))
  }

  /// Closes the segment, which may be empty, and opens the next.
  func endSegment() {
    table.append(littleEndian: UInt64(segmentStart))
    table.append(littleEndian: UInt64(output.byteCount - segmentStart))
    table.append(littleEndian: checksum.digest())
    segmentStart = output.byteCount
    checksum = XXH64()
  }

  /// Writes table and trailer; the last segment has been ended.
  func publish(documentCount: Int) throws(DeduplicationError) -> OutputFile.Published {
    precondition(output.byteCount == segmentStart, "bytes outside a segment")
    var tail = table
    tail.append(littleEndian: UInt64(segmentStart))
    tail.append(littleEndian: UInt64(table.count / SegmentKind.tableEntryByteCount))
    tail.append(littleEndian: UInt64(documentCount))
    tail.append(littleEndian: XXH64.hash((header + tail).span))
    tail.append(contentsOf: SegmentKind.tailMagic)
    return try DeduplicationError.wrap { () throws(FileError) in
      try output.write(tail)
      return try output.publish()
    }
  }
}
