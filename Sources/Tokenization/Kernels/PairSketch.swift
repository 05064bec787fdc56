internal import ByteKernels

/// An upper bound of every pair's count in memory of fixed size: the sums of the counts of all pairs
/// that share a bucket.
@safe struct PairSketch {
  private let sums: UnsafeMutablePointer<Int64>
  private let mask: Int

  /// One bucket for some 16 tokens of all words, within bounds.
  init(tokenCount: Int) {
    let count = Self.bucketCount(tokenCount)
    mask = count - 1
    unsafe sums = TableMemory.allocate(repeating: 0, count: count)
  }

  func deallocate() {
    unsafe sums.deallocate()
  }

  var memoryByteCount: Int { (mask + 1) * MemoryLayout<Int64>.stride }

  static func memoryByteCount(tokenCount: Int) -> Int {
    bucketCount(tokenCount) * MemoryLayout<Int64>.stride
  }

  private static func bucketCount(_ tokenCount: Int) -> Int {
    var count = 1 << 12
    while count < 1 << 22, count * 16 < tokenCount { count *= 2 }
    return count
  }

  @inline(__always)
  func add(_ count: Int64, to key: UInt64) {
    // SAFETY: the hash is masked to the number of buckets.
    unsafe sums[PairIndex.hash(key) & mask] &+= count
  }

  /// No pair of this key occurs more often.
  @inline(__always)
  func bound(_ key: UInt64) -> Int64 {
    unsafe sums[PairIndex.hash(key) & mask]
  }

  /// No pair occurs more often.
  var maximum: Int64 {
    var maximum: Int64 = 0
    for place in 0...mask { maximum = max(maximum, unsafe sums[place]) }
    return maximum
  }
}
