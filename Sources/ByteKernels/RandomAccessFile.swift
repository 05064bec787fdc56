internal import Glibc

/// A file that is read at any offset, as formats with a table of contents at their end need it.
package final class RandomAccessFile {
  package let path: String
  /// When it was opened.
  package let byteCount: Int
  private let descriptor: Int32

  package init(path: String) throws(FileError) {
    self.path = path
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw FileError.current("open", path) }
    var status = stat()
    // SAFETY: `status` outlives the call that fills it.
    guard unsafe fstat(descriptor, &status) == 0 else {
      let error = FileError.current("stat", path)
      close(descriptor)
      throw error
    }
    byteCount = Int(status.st_size)
  }

  deinit {
    close(descriptor)
  }

  /// Reads `count` bytes from `offset`; fewer only at the end.
  package func read(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    try PositionedRead.read(descriptor, path, at: offset, count: count)
  }
}

/// The one loop around `pread`.
enum PositionedRead {
  static func read(
    _ descriptor: Int32, _ path: String, at offset: Int, count: Int
  ) throws(FileError) -> [UInt8] {
    var failure: Int32 = 0
    // SAFETY: the kernel writes at most `count` bytes into the space of that capacity.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { space, filled in
      while filled < count {
        let got = unsafe pread(
          descriptor, space.baseAddress.map { unsafe $0 + filled }, count - filled, offset + filled)
        if got > 0 { filled += got }
        if got == 0 { break }
        if got < 0 && errno != EINTR {
          failure = errno
          break
        }
      }
    }
    if failure != 0 { throw FileError(operation: "read", path: path, code: failure) }
    return bytes
  }
}
