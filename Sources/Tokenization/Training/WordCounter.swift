package import ByteKernels

/// Counts the distinct pre-tokens of texts within a memory budget.
///
/// When the budget is reached, what is counted so far goes to a sorted run on disk; the runs are
/// merged at the end, so that the file published is the same whatever the budget.
package final class WordCounter {
  package let header: CountHeader
  /// What the tables may take.
  package var memoryByteCount: Int
  private let scratchPrefix: String
  private let table = WordTable()
  private var runs: [String] = []
  private var runsMade = 0

  /// More runs than this are first merged into one.
  private static let maximumRunCount = 64

  /// A counter that takes about `memoryByteCount` bytes, more only for a single pre-token that
  /// needs more, and writes its runs to files whose paths begin with `scratchPrefix`.
  package init(_ header: CountHeader, memoryByteCount: Int, scratchPrefix: String) {
    self.header = header
    self.memoryByteCount = memoryByteCount
    self.scratchPrefix = scratchPrefix
  }

  deinit {
    for run in runs { FileSystem.removeFile(run) }
  }

  /// Counts the pre-tokens of a valid UTF-8 text.
  package func add(_ text: Span<UInt8>) throws {
    try table.count(text, header.split, within: memoryByteCount, onFull: spill)
  }

  /// Bytes that the tables take.
  package var tableByteCount: Int { table.memoryByteCount }

  /// Writes the counts of everything added, in byte order, and starts again from nothing.
  package func publish(path: String) throws -> OutputFile.Published {
    if runs.isEmpty { return try drain(to: path) }
    if table.wordCount > 0 { try spill() }
    let published = try merge(to: path)
    removeRuns()
    return published
  }

  /// Sends what is counted so far to disk and gives the memory back.
  func release() throws {
    if table.wordCount > 0 { try spill() }
    table.shrink()
  }

  private func spill() throws {
    if runs.count == Self.maximumRunCount {
      let merged = nextRunPath()
      _ = try merge(to: merged)
      removeRuns()
      runs = [merged]
    }
    let path = nextRunPath()
    _ = try drain(to: path)
    runs.append(path)
    // Bytes of long pre-tokens grow past the budget; kept so large, the tables would be full at once.
    if table.memoryByteCount > memoryByteCount { table.shrink() }
  }

  private func nextRunPath() -> String {
    runsMade += 1
    return "\(scratchPrefix).\(runsMade).run"
  }

  private func drain(to path: String) throws(FileError) -> OutputFile.Published {
    var writer = try CountFileWriter(path: path, header)
    try table.drain { (word, count) throws(FileError) in try writer.append(word, count: count) }
    return try writer.publish()
  }

  private func merge(to path: String) throws -> OutputFile.Published {
    let bufferByteCount = max(1 << 12, min(1 << 18, memoryByteCount / (runs.count + 1)))
    var merger = try CountFileMerger(
      runs.map { try CountFileReader(path: $0, bufferByteCount: bufferByteCount) })
    var writer = try CountFileWriter(path: path, header)
    try merger.forEach { word, count in try writer.append(word, count: count) }
    return try writer.publish()
  }

  private func removeRuns() {
    for run in runs { FileSystem.removeFile(run) }
    runs = []
  }
}
