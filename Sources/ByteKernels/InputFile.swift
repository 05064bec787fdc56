internal import Glibc

/// A file, or standard input for the path `-`, read from its current position.
package final class InputFile {
  package let path: String
  private let descriptor: Int32

  package init(path: String) throws(FileError) {
    self.path = path
    if path == "-" {
      descriptor = 0
      return
    }
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw FileError.current("open", path) }
    var status = stat()
    if unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw FileError(operation: "read", path: path, code: EISDIR)
    }
  }

  deinit {
    if descriptor > 0 { close(descriptor) }
  }

  /// Appends up to `limit` bytes to `buffer` and returns how many came; 0 means the end.
  package func read(into buffer: inout [UInt8], limit: Int) throws(FileError) -> Int {
    while true {
      var failure: Int32 = 0
      // SAFETY: the kernel writes at most `limit` bytes into the space of that capacity.
      let chunk = unsafe [UInt8](unsafeUninitializedCapacity: limit) { space, count in
        let got = unsafe Glibc.read(descriptor, space.baseAddress, limit)
        failure = got < 0 ? errno : 0
        count = max(0, got)
      }
      if failure == EINTR { continue }
      if failure != 0 { throw FileError(operation: "read", path: path, code: failure) }
      buffer.append(contentsOf: chunk)
      return chunk.count
    }
  }

  /// Adds `limit` bytes to `buffer`, fewer at the end, and returns how many came; 0 means the end.
  ///
  /// What a pipe gives in small pieces is gathered, so that nothing depends on the pieces.
  package func read(into buffer: inout ByteBuffer, limit: Int) throws(FileError) -> Int {
    var failure: Int32 = 0
    let count = unsafe buffer.addSpace(limit) { space in
      var filled = 0
      while filled < limit {
        // SAFETY: the kernel writes only into what is left of the space.
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: space[filled...])
        let got = unsafe Glibc.read(descriptor, rest.baseAddress, rest.count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { break }
        filled += got
      }
      return filled
    }
    if failure != 0, count == 0 {
      throw FileError(operation: "read", path: path, code: failure)
    }
    return count
  }

  /// Moves to an absolute byte offset.
  package func seek(to offset: Int) throws(FileError) {
    if lseek(descriptor, offset, SEEK_SET) < 0 { throw FileError.current("seek", path) }
  }
}
