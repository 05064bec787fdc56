extension WordTable {
  /// Counts the pre-tokens of a text; `onFull` is to empty the table when it has reached
  /// `memoryByteCount` bytes.
  func count(
    _ text: Span<UInt8>, _ split: WordSplit, within memoryByteCount: Int,
    onFull: () throws -> Void
  ) throws {
    switch split {
    case .pattern(let pattern): try count(text, pattern, within: memoryByteCount, onFull: onFull)
    case .pieces(let split):
      try split.forEachWord(of: text) { (word) throws in
        if !makeRoom(for: 1, within: memoryByteCount) {
          try onFull()
          _ = makeRoom(for: 1, within: memoryByteCount)
        }
        add(word, count: 1)
      }
    }
  }

  private func count(
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
