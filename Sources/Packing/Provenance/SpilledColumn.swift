internal import ByteKernels

/// Bytes that are collected beside a file until the file has its place for them.
///
/// The first 256 KiB stay in memory, so that small shards make no files; the rest is on disk, without a
/// name.
final class SpilledColumn {
  private(set) var byteCount = 0
  private let path: String
  private var buffer: [UInt8] = []
  private var spill: SpillFile?

  private static let bufferSize = 1 << 18

  /// `path` names the disk to spill to.
  init(besides path: String) {
    self.path = path
  }

  func append(_ value: some FixedWidthInteger) throws(FileError) {
    buffer.append(littleEndian: value)
    byteCount += value.bitWidth / 8
    if buffer.count >= Self.bufferSize { try flush() }
  }

  func append(_ bytes: [UInt8]) throws(FileError) {
    buffer += bytes
    byteCount += bytes.count
    if buffer.count >= Self.bufferSize { try flush() }
  }

  func append(repeating byte: UInt8, count: Int) throws(FileError) {
    buffer.append(contentsOf: repeatElement(byte, count: count))
    byteCount += count
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Writes all bytes in the order they came in.
  func write(to file: OutputFile) throws(FileError) {
    if let spill {
      var offset = 0
      while offset < spill.byteCount {
        let count = min(Self.bufferSize, spill.byteCount - offset)
        let bytes = try spill.read(at: offset, count: count)
        try file.write(bytes)
        offset += bytes.count
      }
    }
    try file.write(buffer)
  }

  private func flush() throws(FileError) {
    let file: SpillFile
    if let spill { file = spill } else { file = try SpillFile(besides: path) }
    spill = file
    let full = buffer
    try file.append(full.span)
    buffer.removeAll(keepingCapacity: true)
  }
}
