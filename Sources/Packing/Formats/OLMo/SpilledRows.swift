internal import ByteKernels

/// Rows of bytes that are read again by their number, soon after they came or long after.
///
/// The last 256 KiB or so stay in memory, the rest is on disk without a name.
final class SpilledRows {
  private let path: String
  /// Where each row ends, counted from the first row's start.
  private var ends: [Int] = []
  private var recent: [UInt8] = []
  private var spill: SpillFile?

  private static let bufferSize = 1 << 18

  /// `path` names the disk to spill to.
  init(besides path: String) {
    self.path = path
  }

  var count: Int { ends.count }

  func append(_ row: [UInt8]) throws(FileError) {
    // Rows are read first soon after they came, so half of what is in memory stays there.
    if recent.count >= Self.bufferSize { try flush(recent.count / 2) }
    recent += row
    ends.append(spilledCount + recent.count)
  }

  func row(_ number: Int) throws(FileError) -> [UInt8] {
    let start = number == 0 ? 0 : ends[number - 1]
    let end = ends[number]
    if start >= spilledCount { return Array(recent[(start - spilledCount)..<(end - spilledCount)]) }
    guard let spill, end <= spilledCount else {
      let tail = Array(recent[..<(end - spilledCount)])
      return (try spill?.read(at: start, count: spilledCount - start) ?? []) + tail
    }
    return try spill.read(at: start, count: end - start)
  }

  private var spilledCount: Int { spill?.byteCount ?? 0 }

  private func flush(_ byteCount: Int) throws(FileError) {
    let file: SpillFile
    if let spill { file = spill } else { file = try SpillFile(besides: path) }
    spill = file
    let full = recent
    try file.append(full.span.extracting(0..<byteCount))
    recent.removeSubrange(0..<byteCount)
  }
}
