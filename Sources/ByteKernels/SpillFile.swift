internal import Glibc

/// Scratch space on disk that has no name: it is gone when the value or the process goes away.
package final class SpillFile {
  /// Where the file would be, for error messages.
  package let path: String
  package private(set) var byteCount = 0
  private let descriptor: Int32

  /// Makes an empty file on the disk of `path`, a file name that is used only as a prefix.
  package init(besides path: String) throws(FileError) {
    self.path = "\(path).spill"
    var template = Array("\(path).spill.XXXXXX".utf8CString)
    // SAFETY: mkstemp fills in the template's last characters, keeping its NUL.
    descriptor = unsafe template.withUnsafeMutableBufferPointer { name -> Int32 in
      guard let start = name.baseAddress else { return -1 }
      let opened = unsafe mkstemp(start)
      if opened >= 0 { unsafe unlink(start) }
      return opened
    }
    if descriptor < 0 { throw FileError.current("create", self.path) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Writes at the end.
  package func append(_ bytes: Span<UInt8>) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let rest = bytes.extracting(done..<bytes.count)
      // SAFETY: pointer and length come from the same span and do not leave the closure.
      let written = unsafe rest.withUnsafeBytes {
        unsafe pwrite(descriptor, $0.baseAddress, $0.count, byteCount)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw FileError.current("write", path)
      }
      done += written
      byteCount += written
    }
  }

  /// Reads `count` bytes from `offset`; fewer only at the end.
  package func read(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    try PositionedRead.read(descriptor, path, at: offset, count: count)
  }

  /// What other threads read the file through, after and while it grows.
  package func makeReader() throws(FileError) -> SpillReader {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    if copy < 0 { throw FileError.current("open", path) }
    return SpillReader(descriptor: copy, path: path)
  }
}

/// Reads a spill file from any thread, and keeps it on disk as long as it lives.
package final class SpillReader: Sendable {
  package let path: String
  private let descriptor: Int32

  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit {
    close(descriptor)
  }

  /// Reads `count` bytes from `offset`; fewer only at the end.
  package func read(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    try PositionedRead.read(descriptor, path, at: offset, count: count)
  }

  /// Tells the system what is read next, so that it is there by then.
  package func expect(at offset: Int, count: Int) {
    // The advice may be refused; reading then waits.
    _ = posix_fadvise(descriptor, offset, count, POSIX_FADV_WILLNEED)
  }
}
