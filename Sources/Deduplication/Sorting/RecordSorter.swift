internal import ByteKernels

/// Sorts any number of records within a memory budget: what does not fit is sorted in runs on disk.
final class RecordSorter {
  private struct Run {
    let offset: Int
    let byteCount: Int
    let checksum: UInt64
  }

  private let path: String
  private let memoryByteCount: Int
  private let capacity: Int
  private var records: [SortRecord] = []
  private var scratch: [SortRecord] = []
  private var spill: SpillFile?
  private var runs: [Run] = []
  private var merger: RecordMerger?
  private var batch: [SortRecord] = []
  private var place = 0

  /// Spills besides `path`, a file name that is used only as a prefix.
  init(besides path: String, memoryByteCount: Int) {
    self.path = path
    self.memoryByteCount = memoryByteCount
    // As much again is the scratch space of the sort, and as much may lie unused in a grown array.
    capacity = max(1024, memoryByteCount / (4 * SortRecord.byteCount))
  }

  func append(_ record: SortRecord) throws(DeduplicationError) {
    if records.count >= capacity { try spillRun() }
    records.append(record)
  }

  /// Adds a few records at once.
  func append(contentsOf few: [SortRecord]) throws(DeduplicationError) {
    if records.count >= capacity { try spillRun() }
    records.append(contentsOf: few)
  }

  /// Ends the input; from now on `next` gives the records in order.
  func finish() throws(DeduplicationError) {
    if runs.isEmpty {
      RadixSort.sort(&records, scratch: &scratch)
      scratch = []
      return
    }
    if !records.isEmpty { try spillRun() }
    (records, scratch) = ([], [])
    guard let spill else { return }
    let bufferByteCount = max(4096, min(1 << 20, memoryByteCount / runs.count))
    let streams = runs.map {
      RecordStream(
        .spill(spill), offset: $0.offset, byteCount: $0.byteCount, checksum: $0.checksum,
        bufferByteCount: bufferByteCount)
    }
    merger = try RecordMerger(streams)
  }

  /// The next records in order, some at a time; none at the end.
  func nextBatch() throws(DeduplicationError) -> [SortRecord] {
    if let merger { return try merger.next().map(\.record) }
    defer { records = [] }
    return records
  }

  /// The next record in order; not to be mixed with `nextBatch`.
  func next() throws(DeduplicationError) -> SortRecord? {
    if place == batch.count {
      batch = try nextBatch()
      place = 0
      if batch.isEmpty { return nil }
    }
    place &+= 1
    return batch[place &- 1]
  }

  private func spillRun() throws(DeduplicationError) {
    RadixSort.sort(&records, scratch: &scratch)
    let file = try spillFile()
    let offset = file.byteCount
    var checksum = XXH64()
    for start in stride(from: 0, to: records.count, by: 1 << 16) {
      let range = start..<min(start + 1 << 16, records.count)
      let bytes = RecordBytes.bytes(of: records[range])
      checksum.update(bytes.span.raw)
      do { try file.append(bytes.span) } catch { throw .file(error) }
    }
    runs.append(
      Run(offset: offset, byteCount: file.byteCount - offset, checksum: checksum.digest()))
    records.removeAll(keepingCapacity: true)
  }

  private func spillFile() throws(DeduplicationError) -> SpillFile {
    if let spill { return spill }
    let opened = try DeduplicationError.wrap { () throws(FileError) in try SpillFile(besides: path)
    }
    spill = opened
    return opened
  }
}
