internal import CKernels

/// Checks of a matrix of floats inside a file.
enum FastTextWeights {
  /// Weights below 2^24 and dimensions up to 2^20 keep every sum of products finite, those of three
  /// factors in a quantised model included.
  static let limit: Float = 0x1p24

  /// How many floats from `offset` on are weights before the first that is not; at most `count`,
  /// which the bytes must hold.
  static func usableCount(_ bytes: Span<UInt8>, at offset: Int, count: Int) -> Int {
    precondition(offset >= 0 && 4 * count <= bytes.count - offset, "floats inside the file")
    if count == 0 { return 0 }
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      // SAFETY: the precondition keeps the floats inside the buffer.
      guard let start = bytes.baseAddress else { return 0 }
      return unsafe ck_first_beyond(start + offset, count, limit.bitPattern - 1)
    }
  }
}
