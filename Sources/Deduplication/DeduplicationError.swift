package import ByteKernels

/// Why a deduplication task cannot go on.
package enum DeduplicationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A system call failed.
  case file(FileError)
  /// The file is not what was written: the place and what is wrong there.
  case damaged(path: String, byteOffset: Int, what: String)
  /// The file is sound, but belongs to another run or another place in it.
  case mismatched(path: String, what: String)
  /// The task needs more than it was given.
  case limit(what: String)

  package var description: String {
    switch self {
    case .file(let error): return error.description
    case .damaged(let path, let byteOffset, let what):
      return "\(path): damaged at byte \(byteOffset): \(what); "
        + "delete the file and run the same command again"
    case .mismatched(let path, let what):
      return "\(path): \(what); delete the file and run the same command again"
    case .limit(let what): return what
    }
  }

  /// Runs a file operation, its error as one of these.
  static func wrap<Result>(
    _ body: () throws(FileError) -> Result
  ) throws(DeduplicationError) -> Result {
    do { return try body() } catch { throw .file(error) }
  }
}
