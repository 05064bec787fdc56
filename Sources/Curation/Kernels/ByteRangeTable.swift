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
  @inline(__always)
  mutating func insert(_ start: Int, _ end: Int, of buffer: Span<UInt8>) -> Bool {
    let count = ranges.count
    return number(start, end, of: buffer) == count
  }

  /// The number of a range: how many different ones came before it first came.
  @inline(__always)
  mutating func number(_ start: Int, _ end: Int, of buffer: Span<UInt8>) -> UInt32 {
    precondition(start >= 0 && start <= end && end <= buffer.count, "a range inside the buffer")
    let bytes = buffer.raw
    let hash = Self.hash(bytes, start, end)
    let tag = hash & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      if entry & 0xFFFF_FFFF_0000_0000 == tag {
        let number = UInt32(truncatingIfNeeded: entry) &- 1
        let range = ranges[Int(number)]
        if Self.areEqual(bytes, range.start, range.end, start, end) { return number }
      }
      slot = (slot &+ 1) & mask
    }
    precondition(ranges.count < mask, "a table holds what it was made for")
    ranges.append((start, end))
    slots[slot] = tag | UInt64(ranges.count)
    return UInt32(truncatingIfNeeded: ranges.count &- 1)
  }

  @inline(__always)
  private static func hash(_ bytes: RawSpan, _ start: Int, _ end: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: end &- start) &* 0x9E37_79B9_7F4A_7C15
    var offset = start
    while offset &+ 8 <= end {
      hash = mix(hash ^ load(bytes, offset))
      offset &+= 8
    }
    if offset < end { hash = mix(hash ^ tail(bytes, offset, end)) }
    return hash
  }

  /// The last one to seven bytes as one number.
  @inline(__always)
  private static func tail(_ bytes: RawSpan, _ start: Int, _ end: Int) -> UInt64 {
    if end >= 8 {
      return load(bytes, end &- 8) &>> UInt64(8 &* (8 &- (end &- start)))
    }
    var value: UInt64 = 0
    for offset in start..<end {
      // SAFETY: `number` checked that the range lies inside the buffer.
      let byte = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt8.self)
      value |= UInt64(byte) &<< UInt64(8 &* (offset &- start))
    }
    return value
  }

  @inline(__always)
  private static func areEqual(
    _ bytes: RawSpan, _ start: Int, _ end: Int, _ otherStart: Int, _ otherEnd: Int
  ) -> Bool {
    let count = end &- start
    guard count == otherEnd &- otherStart else { return false }
    var offset = 0
    while offset &+ 8 <= count {
      if load(bytes, start &+ offset) != load(bytes, otherStart &+ offset) { return false }
      offset &+= 8
    }
    if offset == count { return true }
    return tail(bytes, start &+ offset, end) == tail(bytes, otherStart &+ offset, otherEnd)
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }

  @inline(__always)
  private static func load(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
    // SAFETY: callers stay inside ranges that `number` checked, or eight bytes before such an end.
    unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
  }
}
