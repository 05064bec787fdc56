internal import ByteKernels

/// A segment file for reading here and there; a segment is checked when it is first asked for.
final class MappedSegments {
  let table: SegmentTable
  private let file: MappedFile
  private var isChecked: [Bool]

  init(
    path: String, kind: SegmentKind, settingsDigest: UInt64?
  ) throws(DeduplicationError) {
    file = try DeduplicationError.wrap { () throws(FileError) in try MappedFile(path: path) }
    table = try SegmentTable(of: file, kind: kind, settingsDigest: settingsDigest)
    isChecked = Array(repeating: false, count: table.segments.count)
  }

  /// Makes sure that a segment is what was written.
  func check(_ segment: Int) throws(DeduplicationError) {
    guard !isChecked[segment] else { return }
    let place = table.segments[segment]
    let isRight = file.withBytes { bytes in
      let part = bytes.extracting(place.offset..<(place.offset + place.byteCount))
      return XXH64.hash(part) == place.checksum
    }
    guard isRight else { throw table.damage(segment) }
    isChecked[segment] = true
  }

  /// The bytes of a segment, checked.
  func withSegment<Result>(
    _ segment: Int, _ body: (RawSpan) -> Result
  ) throws(DeduplicationError) -> Result {
    try check(segment)
    let place = table.segments[segment]
    return file.withBytes { bytes in
      body(bytes.extracting(place.offset..<(place.offset + place.byteCount)).raw)
    }
  }
}
