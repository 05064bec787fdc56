/// Collects the boundaries that the scanner finds.
enum PieceEnds {
  static func ends(of text: Span<UInt8>, _ pattern: SplitPattern) -> [Int] {
    var ends: [Int] = []
    // SAFETY: the pointers stay inside the closures, and the scanner gives `count + 1` boundaries.
    unsafe text.withUnsafeBufferPointer { buffer in
      unsafe PieceScanner.scan(buffer, pattern) { boundaries, count in
        for index in 1...count { unsafe ends.append(boundaries[index]) }
      }
    }
    return ends
  }
}
