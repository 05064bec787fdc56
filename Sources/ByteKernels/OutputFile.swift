internal import Glibc

/// A file that appears under its name whole or not at all.
///
/// Bytes go to a temporary name beside the target; `publish` flushes them to the disk and renames.
/// A file that is never published leaves nothing under its final name. A target that is there and
/// is no regular file (a device, a pipe), or `-` for standard output, is written to as it is.
package final class OutputFile {
  /// What was published: enough for a manifest to vouch for the file.
  package struct Published: Sendable, Equatable {
    package let path: String
    package let byteCount: Int
    /// XXH64, seed 0, of the whole content; 0 when none was asked for.
    package let checksum: UInt64
  }

  package let path: String
  /// Nil when the target is written to directly.
  private let temporaryPath: String?
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var checksum: XXH64?
  /// Bytes at the start that are still to be filled.
  private var reservedByteCount: Int
  package private(set) var byteCount = 0

  private static let bufferSize = 1 << 18

  /// Opens a temporary file beside `path`; random digits in its name keep two writers apart.
  ///
  /// With `reserving` above 0 that many bytes are left out at the start, for what is known only at the
  /// end: `fillReserved` must follow the last write.
  package init(
    path: String, isChecksummed: Bool = true, reserving reservedByteCount: Int = 0
  ) throws(FileError) {
    self.path = path
    self.reservedByteCount = reservedByteCount
    checksum = isChecksummed ? XXH64() : nil
    if path == "-" {
      temporaryPath = nil
      descriptor = dup(1)
    } else if Self.isSpecial(path) {
      temporaryPath = nil
      descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    } else if FileSystem.status(path)?.isDirectory == true {
      throw FileError(operation: "create", path: path, code: EISDIR)
    } else {
      let temporary = path + Self.temporaryEnding()
      temporaryPath = temporary
      // Readable as well, since a checksum over a start that is filled last has to read the rest again.
      descriptor = unsafe open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    }
    if descriptor < 0 { throw FileError.current("create", path) }
    buffer.reserveCapacity(Self.bufferSize + 4096)
    if reservedByteCount > 0 {
      byteCount = reservedByteCount
      buffer.append(contentsOf: repeatElement(0, count: reservedByteCount))
    }
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      if let temporaryPath { unsafe unlink(temporaryPath) }
    }
  }

  /// True until the first byte is written.
  package var isEmpty: Bool { byteCount == 0 }

  package func write(_ bytes: Span<UInt8>) throws(FileError) {
    byteCount += bytes.count
    if bytes.count >= Self.bufferSize {
      try flush()
      try writeThrough(bytes)
      return
    }
    // SAFETY: the pointer is used for one copy inside the closure.
    unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
    if buffer.count >= Self.bufferSize { try flush() }
  }

  package func write(_ bytes: [UInt8]) throws(FileError) {
    try write(bytes.span)
  }

  /// Writes the start that was left out, whose size `bytes` must have.
  ///
  /// Call it once, after the last write.
  package func fillReserved(_ bytes: [UInt8]) throws(FileError) {
    precondition(
      bytes.count == reservedByteCount, "what was left out is filled, no more and no less")
    if bytes.isEmpty { return }
    reservedByteCount = 0
    if buffer.count == byteCount {
      buffer.replaceSubrange(0..<bytes.count, with: bytes)
      return
    }
    try flush()
    // SAFETY: pointer and length come from the same array and do not leave the closure.
    let written = unsafe bytes.withUnsafeBytes {
      unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0)
    }
    if written != bytes.count { throw FileError.current("write the start of", path) }
    if checksum != nil { checksum = try checksumOfAll() }
  }

  private func checksumOfAll() throws(FileError) -> XXH64 {
    var all = XXH64()
    var offset = 0
    while offset < byteCount {
      let piece = try PositionedRead.read(
        descriptor, path, at: offset, count: min(Self.bufferSize, byteCount - offset))
      if piece.isEmpty { throw FileError(operation: "read back", path: path, code: EIO) }
      all.update(piece.span.raw)
      offset += piece.count
    }
    return all
  }

  /// Flushes to the disk, under the temporary name still: what can fail for lack of space has not failed.
  ///
  /// Of several files that belong together all are settled before the first is published.
  package func settle() throws(FileError) {
    precondition(reservedByteCount == 0, "the start is still to be filled")
    try flush()
    if temporaryPath != nil, fsync(descriptor) != 0 { throw FileError.current("flush", path) }
  }

  /// Where the bytes are until they are published, for whoever wants to read them again before.
  package var settledPath: String { temporaryPath ?? path }

  /// Flushes to the disk, renames to the final name and returns what is there now.
  ///
  /// With `replacing: false` a file that has the name already stays, and that is an error whose
  /// `isAlreadyThere` is true: of two writers one wins.
  package func publish(replacing: Bool = true) throws(FileError) -> Published {
    try settle()
    let closing = close(descriptor)
    descriptor = -1
    if closing != 0 { throw discarded("close") }
    if let temporaryPath {
      let renamed = unsafe replacing ? rename(temporaryPath, path) : link(temporaryPath, path)
      if renamed != 0 { throw discarded("rename") }
      if !replacing { unsafe unlink(temporaryPath) }
    }
    return Published(path: path, byteCount: byteCount, checksum: checksum?.digest() ?? 0)
  }

  /// The failure of the call that has just returned; the temporary file is gone then.
  private func discarded(_ operation: String) -> FileError {
    let error = FileError.current(operation, path)
    if let temporaryPath { unsafe unlink(temporaryPath) }
    return error
  }

  private func flush() throws(FileError) {
    guard !buffer.isEmpty else { return }
    let full = buffer
    try writeThrough(full.span)
    buffer.removeAll(keepingCapacity: true)
  }

  private func writeThrough(_ bytes: Span<UInt8>) throws(FileError) {
    // With a start that is still to come, the checksum is taken when that is there.
    if reservedByteCount == 0 { checksum?.update(bytes.raw) }
    var done = 0
    while done < bytes.count {
      let rest = bytes.extracting(done..<bytes.count)
      // SAFETY: pointer and length come from the same span and do not leave the closure.
      let written = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw FileError.current("write", path)
      }
      done += written
    }
  }

  /// `.tmp.` and 16 random hexadecimal digits: two writers of one file never share a temporary
  /// name, on whatever host or in whatever container they run.
  private static func temporaryEnding() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return ".tmp." + String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// True for the name of a file that was being written and was never published.
  package static func isTemporaryName(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: "."), name[..<dot].hasSuffix(".tmp") else { return false }
    let ending = name[name.index(after: dot)...]
    return ending.utf8.count == 16 && ending.allSatisfy { $0.isHexDigit && !$0.isUppercase }
  }

  /// True for what must not be replaced by a rename: `/dev/null`, a named pipe, a terminal.
  private static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    // SAFETY: `status` outlives the call that fills it.
    guard unsafe stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
  }
}
