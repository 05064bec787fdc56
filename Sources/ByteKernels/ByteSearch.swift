internal import CKernels
internal import Glibc

/// Searches that look at whole vectors of bytes at a time.
extension Span<UInt8> {
  /// The offset of the first `byte` at or after `start`; nil when there is none.
  package func firstOffset(of byte: UInt8, from start: Int = 0) -> Int? {
    precondition(start >= 0 && start <= count, "the search starts inside the bytes")
    return unsafe withUnsafeBufferPointer { buffer in
      // SAFETY: the search covers `start..<count` of the span, whose memory outlives the closure.
      guard let base = buffer.baseAddress,
        let found = unsafe memchr(base + start, Int32(byte), buffer.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
    }
  }

  /// The offset of the first occurrence of `needle` at or after `start`; nil when there is none.
  ///
  /// An empty needle is found at once.
  package func firstOffset(of needle: [UInt8], from start: Int = 0) -> Int? {
    precondition(start >= 0 && start <= count, "the search starts inside the bytes")
    if needle.isEmpty { return start }
    return unsafe withUnsafeBufferPointer { buffer in
      // SAFETY: both searches stay inside their buffers, which outlive the closure.
      guard let base = buffer.baseAddress,
        let found = unsafe ck_find(base + start, buffer.count - start, needle, needle.count)
      else { return nil }
      return unsafe UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
    }
  }

  /// True when the bytes from `start` on begin with `prefix`.
  package func has(_ prefix: [UInt8], at start: Int = 0) -> Bool {
    guard start >= 0, prefix.count <= count - start else { return false }
    for offset in prefix.indices where self[start + offset] != prefix[offset] { return false }
    return true
  }
}
