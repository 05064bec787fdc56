internal import Glibc

/// An advisory lock on a file, held until the value goes away or the process ends.
package final class FileLock {
  package enum Kind: Sendable {
    /// Many may hold it at once.
    case shared
    /// One alone.
    case exclusive
  }

  private let descriptor: Int32

  /// Takes the lock, or gives nil when another process holds one that excludes it.
  package init?(path: String, _ kind: Kind) throws(FileError) {
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw FileError.current("lock", path) }
    let operation = kind == .shared ? LOCK_SH : LOCK_EX
    if flock(descriptor, operation | LOCK_NB) != 0 {
      let code = errno
      close(descriptor)
      if code == EWOULDBLOCK { return nil }
      throw FileError(operation: "lock", path: path, code: code)
    }
  }

  deinit {
    close(descriptor)
  }
}
