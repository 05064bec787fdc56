/// The 128-bit MurmurHash3 for x64.
///
/// Source: Austin Appleby's SMHasher, `MurmurHash3_x64_128`.
package enum Murmur3x128 {
  private static let first: UInt64 = 0x87C3_7B91_1142_53D5
  private static let second: UInt64 = 0x4CF5_AD43_2745_937F

  /// The two halves of the hash of one whole buffer, the lower one first.
  package static func hash(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> (low: UInt64, high: UInt64) {
    let raw = bytes.raw
    var (low, high) = (seed, seed)
    let tailStart = bytes.count & ~15
    var offset = 0
    while offset < tailStart {
      low ^= scrambleFirst(raw.load64(offset))
      low = (rotate(low, 27) &+ high) &* 5 &+ 0x52DC_E729
      high ^= scrambleSecond(raw.load64(offset &+ 8))
      high = (rotate(high, 31) &+ low) &* 5 &+ 0x3849_5AB5
      offset &+= 16
    }
    high ^= scrambleSecond(tail(bytes, from: tailStart &+ 8))
    low ^= scrambleFirst(tail(bytes, from: tailStart))
    low ^= UInt64(bytes.count)
    high ^= UInt64(bytes.count)
    low &+= high
    high &+= low
    (low, high) = (finish(low), finish(high))
    low &+= high
    high &+= low
    return (low, high)
  }

  /// Up to eight bytes, little-endian; zeros where the buffer has ended.
  @inline(__always)
  private static func tail(_ bytes: Span<UInt8>, from start: Int) -> UInt64 {
    var block: UInt64 = 0
    var position = start
    while position < min(start &+ 8, bytes.count) {
      block |= UInt64(bytes[position]) &<< UInt64(8 &* (position &- start))
      position &+= 1
    }
    return block
  }

  @inline(__always)
  private static func scrambleFirst(_ block: UInt64) -> UInt64 {
    rotate(block &* first, 31) &* second
  }

  @inline(__always)
  private static func scrambleSecond(_ block: UInt64) -> UInt64 {
    rotate(block &* second, 33) &* first
  }

  @inline(__always)
  package static func finish(_ value: UInt64) -> UInt64 {
    var mixed = (value ^ value &>> 33) &* 0xFF51_AFD7_ED55_8CCD
    mixed = (mixed ^ mixed &>> 33) &* 0xC4CE_B9FE_1A85_EC53
    return mixed ^ mixed &>> 33
  }

  @inline(__always)
  private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
    (value &<< count) | (value &>> (64 &- count))
  }
}
