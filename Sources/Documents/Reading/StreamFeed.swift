internal import ByteKernels

/// What gives a stream its stored bytes instead of a file.
protocol StreamFeed: AnyObject {
  /// Why nothing more comes, where that is known better than an error of the system says it.
  var failure: ShardError? { get }

  /// Appends about `limit` bytes at most and returns how many came; 0 means the end.
  func read(into buffer: inout ByteBuffer, limit: Int) throws(FileError) -> Int
}

extension FileError {
  /// The feed of `path` has failed, for a reason that it knows itself.
  static func ofFeed(_ path: String) -> FileError {
    let inputOutputError: Int32 = 5
    return FileError(operation: "read", path: path, code: inputOutputError)
  }
}
