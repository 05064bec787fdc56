internal import Glibc

/// A whole file mapped read-only into memory.
@safe package final class MappedFile: Sendable {
  package let path: String
  package let byteCount: Int
  private nonisolated(unsafe) let address: UnsafeMutableRawPointer?

  package init(path: String) throws(FileError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw FileError.current("open", path) }
    defer { close(descriptor) }
    var status = stat()
    if unsafe fstat(descriptor, &status) != 0 { throw FileError.current("stat", path) }
    self.path = path
    byteCount = Int(status.st_size)
    if byteCount == 0 {
      unsafe address = nil
      return
    }
    let mapped = unsafe mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor, 0)
    if unsafe mapped == MAP_FAILED { throw FileError.current("map", path) }
    unsafe address = mapped
  }

  deinit {
    if let address = unsafe address { unsafe munmap(address, byteCount) }
  }

  /// The file's bytes; valid inside the closure only.
  package func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // SAFETY: the mapping is `byteCount` bytes long and lives until deinit, which `self` outlasts.
    let buffer = unsafe UnsafeBufferPointer(
      start: address?.assumingMemoryBound(to: UInt8.self), count: byteCount)
    let result = try body(unsafe Span(_unsafeElements: buffer))
    withExtendedLifetime(self) {}
    return result
  }
}
