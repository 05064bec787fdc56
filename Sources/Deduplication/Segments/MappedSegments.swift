internal import ByteKernels

/// A segment file for reading here and there; a segment is checked when it is first asked for.
final class MappedSegments {
  let table: SegmentTable
  private let fileByteCount: Int
  private var file: MappedFile?
  private var isChecked: [Bool]
  /// The windows of the file that have come into memory since the last `release`, a bit each.
  private var windows: [UInt64]
  /// How many bytes of the file have come into memory since the last `release`, at most.
  private(set) var touchedByteCount = 0

  /// The system maps so many bytes around a page that is asked for, when it has them.
  private static let windowByteCount = 1 << 16

  init(
    path: String, kind: SegmentKind, settingsDigest: UInt64?
  ) throws(DeduplicationError) {
    let file = try DeduplicationError.wrap { () throws(FileError) in try MappedFile(path: path) }
    table = try SegmentTable(of: file, kind: kind, settingsDigest: settingsDigest)
    fileByteCount = file.byteCount
    isChecked = Array(repeating: false, count: table.segments.count)
    windows = Array(repeating: 0, count: fileByteCount / Self.windowByteCount / 64 + 1)
    self.file = file
  }

  /// Gives the memory back; the next access maps the file anew and does not check again.
  func release() {
    file = nil
    if touchedByteCount > 0 { for place in windows.indices { windows[place] = 0 } }
    touchedByteCount = 0
  }

  /// The bytes of a segment, checked.
  func withSegment<Result>(
    _ segment: Int, _ body: (RawSpan) -> Result
  ) throws(DeduplicationError) -> Result {
    let file = try mapped()
    let place = table.segments[segment]
    touch(place.offset, place.byteCount)
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

  /// A part of a segment that the caller checks; only its pages come into memory.
  func withPart<Result>(
    _ part: Range<Int>, ofSegment segment: Int, _ body: (RawSpan) -> Result
  ) throws(DeduplicationError) -> Result {
    let file = try mapped()
    let start = table.segments[segment].offset
    touch(start + part.lowerBound, part.count)
    return file.withBytes { bytes in
      body(bytes.extracting((start + part.lowerBound)..<(start + part.upperBound)).raw)
    }
  }

  private func touch(_ offset: Int, _ byteCount: Int) {
    let last = (offset + max(byteCount, 1) - 1) / Self.windowByteCount
    for window in (offset / Self.windowByteCount)...last
    where windows[window / 64] >> UInt64(window % 64) & 1 == 0 {
      windows[window / 64] |= 1 << UInt64(window % 64)
      touchedByteCount += Self.windowByteCount
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
