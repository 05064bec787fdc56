internal import ByteKernels

/// A segment file for reading small parts here and there, which the caller checks.
///
/// Read, not mapped: parts of a file that is larger than memory come in by a page fault each, and
/// take their pages' share of the memory until the whole file is given back.
final class SegmentParts {
  let table: SegmentTable
  private let fileByteCount: Int
  private var file: RandomAccessFile?

  init(
    path: String, kind: SegmentKind, settingsDigest: UInt64?
  ) throws(DeduplicationError) {
    let file = try DeduplicationError.wrap { () throws(FileError) in try MappedFile(path: path) }
    table = try SegmentTable(of: file, kind: kind, settingsDigest: settingsDigest)
    fileByteCount = file.byteCount
  }

  /// Closes the file; the next access opens it again.
  func close() { file = nil }

  /// A part of a segment, as it is on disk.
  func part(
    _ part: Range<Int>, ofSegment segment: Int
  ) throws(DeduplicationError) -> [UInt8] {
    let file = try opened()
    let offset = table.segments[segment].offset + part.lowerBound
    let bytes = try DeduplicationError.wrap { () throws(FileError) in
      try file.read(at: offset, count: part.count)
    }
    guard bytes.count == part.count else {
      throw .damaged(path: table.path, byteOffset: offset + bytes.count, what: "ends too early")
    }
    return bytes
  }

  private func opened() throws(DeduplicationError) -> RandomAccessFile {
    if let file { return file }
    let path = table.path
    let again = try DeduplicationError.wrap { () throws(FileError) in
      try RandomAccessFile(path: path)
    }
    guard again.byteCount == fileByteCount else {
      throw .mismatched(path: path, what: "was changed while it was read")
    }
    file = again
    return again
  }
}
