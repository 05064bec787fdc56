internal import Glibc

/// A system call on a file failed.
package struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was being done, as a verb: "open", "read", "write", "rename".
  package let operation: String
  package let path: String
  package let code: Int32

  package init(operation: String, path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// The failure of the call that has just returned, from `errno`.
  static func current(_ operation: String, _ path: String) -> FileError {
    FileError(operation: operation, path: path, code: errno)
  }

  /// True when the disk or the quota is full.
  package var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }

  package var description: String {
    // SAFETY: strerror gives a NUL-terminated string that is copied at once.
    let reason = unsafe String(cString: strerror(code))
    let remedy = isDiskFull ? "; free space on that disk and run the same command again" : ""
    return "\(path): cannot \(operation): \(reason)\(remedy)"
  }
}
