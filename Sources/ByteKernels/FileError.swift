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

  /// The file has no room for what was to be done, which `operation` says.
  package static func tooLarge(_ operation: String, _ path: String) -> FileError {
    FileError(operation: operation, path: path, code: EFBIG)
  }

  /// True when the name was taken already.
  package var isAlreadyThere: Bool { code == EEXIST }

  /// True when the disk or the quota is full.
  package var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }

  /// True when a file was expected and a directory found.
  package var isDirectory: Bool { code == EISDIR }

  /// What went wrong, without the path: "cannot open: No such file or directory".
  package var reason: String {
    // SAFETY: strerror gives a NUL-terminated string that is copied at once.
    "cannot \(operation): \(unsafe String(cString: strerror(code)))"
  }

  package var description: String {
    let remedy = isDiskFull ? "; free space on that disk and run the same command again" : ""
    return "\(path): \(reason)\(remedy)"
  }
}
