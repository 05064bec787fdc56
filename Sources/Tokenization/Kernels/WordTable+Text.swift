extension WordTable {
  /// Counts the pre-tokens of a text; `onFull` is to empty the table when it has reached
  /// `memoryByteCount` bytes.
  func count(
    _ text: Span<UInt8>, _ pattern: SplitPattern, within memoryByteCount: Int,
    onFull: () throws -> Void
  ) throws {
    // SAFETY: the pointers stay inside the closures, where the text lives.
    unsafe try text.withUnsafeBufferPointer { buffer in
      unsafe try PieceScanner.scan(buffer, pattern) { (boundaries, count) throws in
        if !makeRoom(for: count, within: memoryByteCount) {
          try onFull()
          _ = makeRoom(for: count, within: memoryByteCount)
        }
        unsafe add(buffer, boundaries, count)
      }
    }
  }
}
