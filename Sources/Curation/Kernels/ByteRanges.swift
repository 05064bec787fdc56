/// Hashes and compares byte ranges of one buffer.
///
/// Ranges must lie inside the buffer: nothing here checks them again.
enum ByteRanges {
  /// A hash of the bytes from `start` to `end`, spread over all 64 bits.
  @inline(__always)
  static func hash(_ bytes: RawSpan, _ start: Int, _ end: Int) -> UInt64 {
    let length = end &- start
    guard length >= 16, length <= 64 else { return hashByBlocks(bytes, start, end) }
    // Four blocks that overlap as far as they must: no branch on the length, no block waits.
    let last = end &- 16
    let second = min(start &+ 16, last)
    let third = min(start &+ 32, last)
    let first = fold(load(bytes, start) ^ seed, load(bytes, start &+ 8) ^ UInt64(length))
    let middle =
      fold(load(bytes, second) ^ 0xE703_7ED1_A0B4_28DB, load(bytes, second &+ 8))
      ^ fold(load(bytes, third) ^ 0x8EBC_6AF0_9C88_C6E3, load(bytes, third &+ 8) ^ seed)
    let final = fold(load(bytes, last) ^ 0x5899_65CC_7537_4CC3, load(bytes, last &+ 8) ^ first)
    return fold(middle ^ final, 0xD6E8_FEB8_6659_FD93)
  }

  private static func hashByBlocks(_ bytes: RawSpan, _ start: Int, _ end: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: end &- start)
    var offset = start
    while offset &+ 16 <= end {
      hash = fold(load(bytes, offset) ^ seed, load(bytes, offset &+ 8) ^ hash)
      offset &+= 16
    }
    let rest = end &- offset
    if rest > 8 {
      let last = load(bytes, end &- 8)
      hash = fold(load(bytes, offset) ^ seed, last ^ hash)
    } else if rest > 0 {
      hash = fold(tail(bytes, offset, end) ^ seed, hash ^ 0x9E37_79B9_7F4A_7C15)
    }
    return fold(hash ^ seed, 0xD6E8_FEB8_6659_FD93)
  }

  @inline(__always)
  static func areEqual(
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

  /// The eight bytes from an offset on, the first lowest.
  @inline(__always)
  static func load(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
    assert(offset >= 0 && offset + 8 <= bytes.byteCount, "a load inside the buffer")
    // SAFETY: callers stay inside ranges of the buffer, or eight bytes before such an end.
    return unsafe UInt64(
      littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
  }

  /// A product of two numbers, its halves folded.
  @inline(__always)
  static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  static var seed: UInt64 { 0xA076_1D64_78BD_642F }

  /// The one to eight bytes from `start` to `end` as one number.
  @inline(__always)
  private static func tail(_ bytes: RawSpan, _ start: Int, _ end: Int) -> UInt64 {
    if end >= 8 {
      return load(bytes, end &- 8) &>> UInt64(8 &* (8 &- (end &- start)))
    }
    var value: UInt64 = 0
    for offset in start..<end {
      // SAFETY: callers stay inside ranges of the buffer.
      let byte = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt8.self)
      value |= UInt64(byte) &<< UInt64(8 &* (offset &- start))
    }
    return value
  }
}
