internal import ByteKernels

/// A segment file for reading whole segments, each checked when it is first asked for.
final class MappedSegments {
  let table: SegmentTable
  private let fileByteCount: Int
  private var file: MappedFile?
  private var isChecked: [Bool]
  private var isTouched: [Bool]
  /// How many bytes of the file have come into memory since the last `release`, at most.
  private(set) var touchedByteCount = 0

  init(
    path: String, kind: SegmentKind, settingsDigest: UInt64?
  ) throws(DeduplicationError) {
    let file = try DeduplicationError.wrap { () throws(FileError) in try MappedFile(path: path) }
    table = try SegmentTable(of: file, kind: kind, settingsDigest: settingsDigest)
    fileByteCount = file.byteCount
    isChecked = Array(repeating: false, count: table.segments.count)
    isTouched = isChecked
    self.file = file
  }

  /// Gives the memory back; the next access maps the file anew and does not check again.
  func release() {
    file = nil
    for segment in isTouched.indices { isTouched[segment] = false }
    touchedByteCount = 0
  }

  /// The bytes of a segment, checked.
  func withSegment<Result>(
    _ segment: Int, _ body: (RawSpan) -> Result
  ) throws(DeduplicationError) -> Result {
    let file = try mapped()
    let place = table.segments[segment]
    if !isTouched[segment] {
      isTouched[segment] = true
      touchedByteCount += place.byteCount
    }
    if !isChecked[segment] {
      let isRight = file.withBytes { bytes in
        let part = bytes.extracting(place.offset..<(place.offset + place.byteCount))
        return XXH64.hash(part) == place.checksum
      }
      guard isRight else { throw table.damage(segment) }
      isChecked[segment] = true
    }
    return file.withBytes { bytes in
      body(bytes.extracting(place.offset..<(place.offset + place.byteCount)).raw)
    }
  }

  private func mapped() throws(DeduplicationError) -> MappedFile {
    if let file { return file }
    let path = table.path
    let again = try DeduplicationError.wrap { () throws(FileError) in try MappedFile(path: path) }
    guard again.byteCount == fileByteCount else {
      throw .mismatched(path: path, what: "was changed while it was read")
    }
    file = again
    return again
  }
}
