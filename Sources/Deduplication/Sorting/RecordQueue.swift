internal import ByteKernels

/// Records put aside on disk, and read back once in the order they came.
final class RecordQueue {
  private static let bufferedCount = 1024

  private let path: String
  private var buffer: [SortRecord] = []
  private var spill: SpillFile?
  private var checksum = XXH64()

  /// Spills besides `path`, a file name that is used only as a prefix; an empty queue has no file.
  init(besides path: String) {
    self.path = path
  }

  func append(_ record: SortRecord) throws(DeduplicationError) {
    buffer.append(record)
    if buffer.count >= Self.bufferedCount { try flush() }
  }

  /// Gives every record to `body` and empties the queue; nothing may be concluded from the records
  /// before all have come.
  func drain(
    _ body: (SortRecord) throws(DeduplicationError) -> Void
  ) throws(DeduplicationError) {
    if let spill {
      try flush()
      let stream = RecordStream(
        .spill(spill), offset: 0, byteCount: spill.byteCount, checksum: checksum.digest(),
        bufferByteCount: 1 << 16)
      while case let records = try stream.next(), !records.isEmpty {
        for record in records { try body(record) }
      }
    } else {
      for record in buffer { try body(record) }
    }
    (buffer, spill, checksum) = ([], nil, XXH64())
  }

  private func flush() throws(DeduplicationError) {
    let file = try spillFile()
    let bytes = RecordBytes.bytes(of: buffer[...])
    checksum.update(bytes.span.raw)
    do { try file.append(bytes.span) } catch { throw .file(error) }
    buffer.removeAll(keepingCapacity: true)
  }

  private func spillFile() throws(DeduplicationError) -> SpillFile {
    if let spill { return spill }
    let path = path
    let opened = try DeduplicationError.wrap { () throws(FileError) in try SpillFile(besides: path)
    }
    spill = opened
    return opened
  }
}
