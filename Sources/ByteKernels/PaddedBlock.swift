/// Lends a fixed number of bytes of a text, with zeros where the text has ended.
enum PaddedBlock {
  /// Calls `body` with `byteCount` readable bytes, the first of them `text[offset]`.
  @inline(__always)
  static func read<Result>(
    _ text: Span<UInt8>, at offset: Int, byteCount: Int = 64,
    _ body: (UnsafePointer<UInt8>) -> Result
  ) -> Result {
    precondition(offset >= 0 && offset <= text.count, "a block starts inside its text")
    return unsafe text.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress, buffer.count &- offset >= byteCount {
        // SAFETY: `byteCount` bytes from `offset` on lie inside the buffer, by the line above.
        return unsafe body(base + offset)
      }
      return unsafe padded(buffer, offset, byteCount, body)
    }
  }

  @inline(never)
  private static func padded<Result>(
    _ buffer: UnsafeBufferPointer<UInt8>, _ offset: Int, _ byteCount: Int,
    _ body: (UnsafePointer<UInt8>) -> Result
  ) -> Result {
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: byteCount) { block in
      // SAFETY: the block has `byteCount` bytes; the loop writes each of them once.
      for index in 0..<byteCount {
        let byte = unsafe offset + index < buffer.count ? buffer[offset + index] : 0
        unsafe block.initializeElement(at: index, to: byte)
      }
      guard let start = block.baseAddress else { preconditionFailure("blocks are not empty") }
      return unsafe body(start)
    }
  }
}
