internal import ByteKernels

/// The checked header, table and trailer of a segment file.
struct SegmentTable: Sendable {
  /// Where a segment lies and what its bytes must hash to.
  struct Segment: Sendable {
    let offset: Int
    let byteCount: Int
    let checksum: UInt64
  }

  let path: String
  let recordByteCount: Int
  let index: Int
  let documentCount: Int
  let segments: [Segment]

  /// Reads the table of the file at `path`.
  init(
    path: String, kind: SegmentKind, settingsDigest: UInt64?
  ) throws(DeduplicationError) {
    let file = try DeduplicationError.wrap { () throws(FileError) in try MappedFile(path: path) }
    try self.init(of: file, kind: kind, settingsDigest: settingsDigest)
  }

  /// Checks everything but the segments' own bytes.
  init(
    of file: MappedFile, kind: SegmentKind, settingsDigest: UInt64?
  ) throws(DeduplicationError) {
    let path = file.path
    let parts = try file.withBytes { bytes throws(DeduplicationError) in
      try Self.checked(bytes.raw, path: path)
    }
    let header = parts.header.span.raw
    let kindTag = String(decoding: parts.header[12..<16], as: UTF8.self)
    guard kindTag == kind.rawValue else {
      throw .mismatched(path: path, what: "holds \(kindTag) where \(kind.rawValue) is wanted")
    }
    if let settingsDigest, header.load64(16) != settingsDigest {
      throw .mismatched(path: path, what: "was made under other settings or another seed")
    }
    self.path = path
    recordByteCount = Int(header.load32(24))
    index = Int(header.load32(28))
    documentCount = parts.documentCount
    segments = parts.segments
    for segment in segments where segment.byteCount % max(recordByteCount, 1) != 0 {
      throw .damaged(path: path, byteOffset: segment.offset, what: "cut inside a record")
    }
  }

  private static func checked(
    _ bytes: RawSpan, path: String
  ) throws(DeduplicationError) -> (header: [UInt8], documentCount: Int, segments: [Segment]) {
    func damaged(_ offset: Int, _ what: String) -> DeduplicationError {
      .damaged(path: path, byteOffset: offset, what: what)
    }
    let least = SegmentKind.headerByteCount + SegmentKind.trailerByteCount
    guard bytes.byteCount >= least else { throw damaged(bytes.byteCount, "ends too early") }
    let header = array(bytes, 0, SegmentKind.headerByteCount)
    guard Array(header.prefix(8)) == SegmentKind.headMagic else {
      throw damaged(0, "does not begin as a segment file")
    }
    guard bytes.load32(8) == SegmentKind.version else {
      throw damaged(8, "has version \(bytes.load32(8)), not \(SegmentKind.version)")
    }
    let end = bytes.byteCount
    guard array(bytes, end - 8, 8) == SegmentKind.tailMagic else {
      throw damaged(end - 8, "does not end as a segment file")
    }
    let trailer = end - SegmentKind.trailerByteCount
    let (table, count) = (bytes.load64(trailer), bytes.load64(trailer + 8))
    let entry = UInt64(SegmentKind.tableEntryByteCount)
    guard table >= UInt64(SegmentKind.headerByteCount), table <= UInt64(trailer),
      count <= UInt64(trailer) / entry, table + count * entry == UInt64(trailer)
    else { throw damaged(trailer, "the table does not fit the file") }
    let checked = header + array(bytes, Int(table), trailer + 24 - Int(table))
    guard XXH64.hash(checked.span) == bytes.load64(trailer + 24) else {
      throw damaged(trailer + 24, "the checksum of header and table is wrong")
    }
    var segments: [Segment] = []
    for place in stride(from: Int(table), to: trailer, by: SegmentKind.tableEntryByteCount) {
      segments.append(
        Segment(
          offset: Int(bytes.load64(place)), byteCount: Int(bytes.load64(place + 8)),
          checksum: bytes.load64(place + 16)))
    }
    return (header, Int(bytes.load64(trailer + 16)), segments)
  }

  private static func array(_ bytes: RawSpan, _ offset: Int, _ count: Int) -> [UInt8] {
    RecordBytes.array(bytes.extracting(offset..<(offset + count)))
  }

  /// The error of a segment whose bytes are not what was written.
  func damage(_ segment: Int) -> DeduplicationError {
    .damaged(
      path: path, byteOffset: segments[segment].offset,
      what: "the checksum of segment \(segment) is wrong")
  }
}
