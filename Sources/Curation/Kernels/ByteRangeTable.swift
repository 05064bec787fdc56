internal import ByteKernels

/// Numbers byte ranges of one buffer, giving ranges with the same bytes the same number.
///
/// Exact: a hash finds candidates, the bytes decide. Holds at most the number of ranges it was made for.
struct ByteRangeTable {
  /// Slots hold 0, or the number of a range plus one below 32 bits of its hash.
  private var slots: [UInt64]
  private var ranges: [(start: Int, end: Int)] = []
  private let mask: Int

  init(capacity: Int) {
    var slotCount = 16
    while slotCount < 2 * capacity { slotCount *= 2 }
    slots = [UInt64](repeating: 0, count: slotCount)
    mask = slotCount - 1
    ranges.reserveCapacity(capacity)
  }

  /// Adds a range; false when one with the same bytes was there.
  mutating func insert(_ start: Int, _ end: Int, of buffer: Span<UInt8>) -> Bool {
    let count = ranges.count
    return number(start, end, of: buffer) == count
  }

  /// The number of a range: how many different ones came before it first came.
  @inline(__always)
  mutating func number(_ start: Int, _ end: Int, of buffer: Span<UInt8>) -> UInt32 {
    precondition(start >= 0 && start <= end && end <= buffer.count, "a range inside the buffer")
    let bytes = buffer.raw
    let hash = ByteRanges.hash(bytes, start, end)
    let tag = hash & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      if entry & 0xFFFF_FFFF_0000_0000 == tag {
        let number = UInt32(truncatingIfNeeded: entry) &- 1
        let range = ranges[Int(number)]
        if ByteRanges.areEqual(bytes, range.start, range.end, start, end) { return number }
      }
      slot = (slot &+ 1) & mask
    }
    precondition(ranges.count < mask, "a table holds what it was made for")
    ranges.append((start, end))
    slots[slot] = tag | UInt64(ranges.count)
    return UInt32(truncatingIfNeeded: ranges.count &- 1)
  }
}
