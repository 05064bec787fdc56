internal import ByteKernels

/// Sorted records read from a stretch of a file, in constant memory.
///
/// The stretch's checksum is compared when its last record has been read; nothing may be published
/// from a stream before its end was reached.
final class RecordStream {
  /// Where the bytes come from.
  ///
  /// A path is opened for each read: a merge may have more sources than
  /// a process may have open files.
  enum Source {
    case spill(SpillFile)
    case file(String)
  }

  private let source: Source
  private let start: Int
  private var position: Int
  private let end: Int
  private let checksum: UInt64
  private let bufferByteCount: Int
  private var running = XXH64()

  init(
    _ source: Source, offset: Int, byteCount: Int, checksum: UInt64, bufferByteCount: Int
  ) {
    self.source = source
    start = offset
    position = offset
    end = offset + byteCount
    self.checksum = checksum
    self.bufferByteCount = max(SortRecord.byteCount, bufferByteCount & ~(SortRecord.byteCount - 1))
  }

  convenience init(_ table: SegmentTable, segment: Int, bufferByteCount: Int) {
    let place = table.segments[segment]
    self.init(
      .file(table.path), offset: place.offset, byteCount: place.byteCount,
      checksum: place.checksum, bufferByteCount: bufferByteCount)
  }

  /// The next records, or none at the end of a stretch that is what was written.
  func next() throws(DeduplicationError) -> [SortRecord] {
    guard position < end else {
      guard running.digest() == checksum else {
        throw .damaged(path: path, byteOffset: start, what: "the checksum of a segment is wrong")
      }
      return []
    }
    let count = min(bufferByteCount, end - position)
    let bytes = try DeduplicationError.wrap { () throws(FileError) in try read(count) }
    guard bytes.count == count else {
      throw .damaged(path: path, byteOffset: position + bytes.count, what: "ends too early")
    }
    running.update(bytes.span.raw)
    position += count
    return RecordBytes.records(of: bytes)
  }

  private func read(_ count: Int) throws(FileError) -> [UInt8] {
    switch source {
    case .spill(let file): return try file.read(at: position, count: count)
    case .file(let path):
      let file = try InputFile(path: path)
      try file.seek(to: position)
      var bytes: [UInt8] = []
      while bytes.count < count {
        let got = try file.read(into: &bytes, limit: count - bytes.count)
        if got == 0 { break }
      }
      return bytes
    }
  }

  private var path: String {
    switch source {
    case .spill(let file): return file.path
    case .file(let path): return path
    }
  }
}
