/// Where a hash of an n-gram has its row.
struct FastTextBuckets: Sendable {
  private let bucketCount: UInt64
  /// 2^64 over the bucket count, rounded down.
  private let reciprocal: UInt64
  /// The row of bucket 0: buckets come after words.
  private let firstRow: UInt32
  /// Bucket in the upper half and row after the first in the lower one, at their hashed place; nil
  /// when every bucket has a row.
  private var kept: [UInt64]?
  private static let free = UInt64.max
  /// More buckets in a row than this have been made to collide.
  private static let longestRun = 1000

  /// `pairs` are the buckets that pruning left and their rows after the first; nil without pruning.
  ///
  /// Gives nil when too many buckets collide for a table that came about by pruning.
  init?(bucketCount: Int, firstRow: Int, kept pairs: [(bucket: UInt32, row: UInt32)]?) {
    self.bucketCount = UInt64(max(bucketCount, 1))
    reciprocal = UInt64.max / self.bucketCount
    self.firstRow = UInt32(firstRow)
    kept = nil
    guard let pairs else { return }
    guard let slots = Self.slots(pairs) else { return nil }
    kept = slots
  }

  private static func slots(_ pairs: [(bucket: UInt32, row: UInt32)]) -> [UInt64]? {
    var slotCount = 16
    while slotCount < 2 * pairs.count { slotCount *= 2 }
    var slots = Array(repeating: free, count: slotCount)
    for (bucket, row) in pairs {
      var index = place(bucket, slotCount)
      var runLength = 0
      while slots[index] != free, slots[index] >> 32 != UInt64(bucket) {
        index = (index + 1) & (slotCount - 1)
        runLength += 1
        if runLength > longestRun { return nil }
      }
      slots[index] = UInt64(bucket) << 32 | UInt64(row)
    }
    return slots
  }

  /// The row of the n-gram with this hash; nil when pruning has removed it.
  @inline(__always)
  func row(hash: UInt64) -> UInt32? {
    // The estimate of the quotient is exact or one too small.
    var rest = hash &- (hash.multipliedFullWidth(by: reciprocal).high &* bucketCount)
    if rest >= bucketCount { rest &-= bucketCount }
    let bucket = UInt32(truncatingIfNeeded: rest)
    guard let kept else { return firstRow &+ bucket }
    return Self.find(bucket, in: kept).map { firstRow &+ $0 }
  }

  private static func find(_ bucket: UInt32, in slots: [UInt64]) -> UInt32? {
    var index = place(bucket, slots.count)
    while slots[index] != free {
      if slots[index] >> 32 == UInt64(bucket) {
        return UInt32(truncatingIfNeeded: slots[index])
      }
      index = (index + 1) & (slots.count - 1)
    }
    return nil
  }

  private static func place(_ bucket: UInt32, _ slotCount: Int) -> Int {
    // The upper half of the product, so that buckets in a row scatter.
    let mixed = UInt64(bucket) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 32) & (slotCount - 1)
  }
}
