/// One split pattern as bit operations over class masks.
///
/// A rule sees a text's blocks in order, each with the block after it, and says at which bytes
/// pre-tokens begin. What it must remember of earlier blocks it keeps in itself.
protocol SplitRules {
  associatedtype Detail: MaskDetail

  /// The bytes of `now` that begin a pre-token; `offset` is the place of the block in the text.
  mutating func starts(
    _ now: ClassMasks, _ next: ClassMasks, at offset: Int,
    in text: borrowing ClassMaskReader<Detail>
  ) -> UInt64
}

extension UInt64 {
  /// Each bit moves to the byte after; the first byte takes `carry`, which then becomes the last bit.
  @inline(__always)
  func shifted(_ carry: inout UInt64) -> UInt64 {
    let result = (self &<< 1) | carry
    carry = self &>> 63
    return result
  }

  /// Bit i of the result is bit i + count of `self` followed by `next`.
  @inline(__always)
  func ahead(_ count: UInt64, _ next: UInt64) -> UInt64 {
    (self &>> count) | (next &<< (64 &- count))
  }
}

extension ClassMasks {
  /// First bytes of those scalars of `wanted` that something of `solid`, first bytes too, follows.
  @inline(__always)
  func lastBefore(
    _ solid: UInt64, _ nextSolid: UInt64, _ wanted: UInt64, _ next: ClassMasks
  ) -> UInt64 {
    let leads = wanted & ~continuation
    var result = leads & solid.ahead(1, nextSolid)
    let second = leads & continuation.ahead(1, next.continuation)
    if second != 0 {
      result |= second & solid.ahead(2, nextSolid)
      let third = second & continuation.ahead(2, next.continuation)
      result |= third & solid.ahead(3, nextSolid)
      let fourth = third & continuation.ahead(3, next.continuation)
      result |= fourth & solid.ahead(4, nextSolid)
    }
    return result
  }
}

/// Starts of pre-tokens after contractions, some of them beyond the block they were found in.
struct ContractionEnds {
  private var spilled: UInt64 = 0

  /// The ends, in this block, of contractions whose apostrophes are `candidates`.
  @inline(__always)
  mutating func ends<Detail>(
    _ candidates: UInt64, at offset: Int, in text: borrowing ClassMaskReader<Detail>,
    foldsCase: Bool
  ) -> UInt64 {
    var result = spilled
    spilled = 0
    var rest = candidates
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      rest &= rest &- 1
      let length = text.contraction(at: offset &+ bit, foldsCase: foldsCase)
      if length == 0 || offset &+ bit &+ length == text.byteCount { continue }
      let end = UInt64(truncatingIfNeeded: bit &+ length)
      if end < 64 { result |= 1 &<< end } else { spilled |= 1 &<< (end &- 64) }
    }
    return result
  }
}
