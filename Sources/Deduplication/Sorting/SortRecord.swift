/// Sixteen bytes that are sorted, spilled and merged: two numbers, the first counting more.
///
/// On disk: `high`, then `low`, little-endian.
struct SortRecord: Sendable, Equatable, Comparable {
  var high: UInt64
  var low: UInt64

  static let byteCount = 16

  @inline(__always)
  static func < (left: SortRecord, right: SortRecord) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}
