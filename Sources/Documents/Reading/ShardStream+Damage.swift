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
    let code: ShardError.Code =
      error.isDirectory ? .isADirectory : isOpening ? .cannotOpen : .unreadable
    let remedy =
      error.isDirectory
      ? "name the files in it, for instance with a glob" : "check the path and its permissions"
    unit = nil
    show()
    stop(code, at: compressedByteCount, "\(error.reason); \(remedy)")
  }
}
