internal import ByteKernels

extension ShardStream {
  mutating func damage(
    _ code: ShardError.Code, at offset: Int, _ message: String, lostByteCount: Int
  ) {
    let error = ShardError(kind: code, path: path, byteOffset: offset, message: message)
    isRecovering = true
    interruption = .damaged(error, lostByteCount: lostByteCount)
  }

  mutating func stop(_ code: ShardError.Code, at offset: Int, _ message: String) {
    damage(code, at: offset, message, lostByteCount: 0)
    codec = .plain
    stored.close()
  }

  mutating func fail(_ error: FileError, isOpening: Bool) {
    if let failure = stored.failure {
      unit = nil
      show()
      interruption = .damaged(failure, lostByteCount: 0)
      codec = .plain
      stored.close()
      return
    }
    let code: ShardError.Code =
      error.isDirectory ? .isADirectory : isOpening ? .cannotOpen : .unreadable
    let remedy =
      error.isDirectory
      ? "name the files in it, for instance with a glob" : "check the path and its permissions"
    unit = nil
    show()
    stop(code, at: compressedByteCount, "\(error.reason); \(remedy)")
  }

  /// What stands between `start` and the end of the stream is less than a record.
  func endInsideRecord(from start: Mark, lengthName: String) -> ShardError {
    let message =
      endsAtCut
      ? "a record begins at byte \(start.place), before the place where the file was cut for "
        + "reading, and ends behind it; read the file whole: set task-bytes above its size"
      : "the file ends inside the record that begins at byte \(start.place) of its decompressed "
        + "bytes, or \(lengthName) is wrong; fetch or write it again"
    return ShardError(
      kind: endsAtCut ? .wrongCut : .truncated, path: path, byteOffset: compressedByteCount,
      message: message)
  }
}
