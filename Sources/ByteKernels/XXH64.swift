/// The 64-bit xxHash of bytes: fast, well mixed, not cryptographic.
///
/// Source: the xxHash specification, version 0.1.1. Equal for one whole-buffer call and for any
/// sequence of `update` calls over the same bytes.
package struct XXH64 {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  private let seed: UInt64
  private var lane1, lane2, lane3, lane4: UInt64
  private var pending: [UInt8] = []
  private var byteCount: UInt64 = 0

  package init(seed: UInt64 = 0) {
    self.seed = seed
    lane1 = seed &+ Self.prime1 &+ Self.prime2
    lane2 = seed &+ Self.prime2
    lane3 = seed
    lane4 = seed &- Self.prime1
  }

  /// The hash of one whole buffer.
  package static func hash(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
    hash(bytes.raw, seed: seed)
  }

  /// The hash of one whole raw buffer.
  package static func hash(_ bytes: RawSpan, seed: UInt64 = 0) -> UInt64 {
    var state = XXH64(seed: seed)
    let wholeStripes = bytes.byteCount & ~31
    state.absorbStripes(bytes, upTo: wholeStripes)
    state.byteCount = UInt64(bytes.byteCount)
    return state.digest(tail: bytes.extracting(wholeStripes..<bytes.byteCount))
  }

  /// Adds bytes to the running hash.
  package mutating func update(_ bytes: RawSpan) {
    byteCount &+= UInt64(bytes.byteCount)
    var start = 0
    if !pending.isEmpty {
      let wanted = min(32 - pending.count, bytes.byteCount)
      for offset in 0..<wanted { pending.append(bytes.load8(offset)) }
      start = wanted
      guard pending.count == 32 else { return }
      let stripe = pending
      absorbStripes(stripe.span.raw, upTo: 32)
      pending.removeAll(keepingCapacity: true)
    }
    let rest = bytes.extracting(start..<bytes.byteCount)
    let wholeStripes = rest.byteCount & ~31
    absorbStripes(rest, upTo: wholeStripes)
    for offset in wholeStripes..<rest.byteCount { pending.append(rest.load8(offset)) }
  }

  /// The hash of everything added so far; more may be added after.
  package func digest() -> UInt64 {
    digest(tail: pending.span.raw)
  }

  private mutating func absorbStripes(_ bytes: RawSpan, upTo end: Int) {
    var (a, b, c, d) = (lane1, lane2, lane3, lane4)
    var offset = 0
    while offset < end {
      a = Self.round(a, bytes.load64(offset))
      b = Self.round(b, bytes.load64(offset &+ 8))
      c = Self.round(c, bytes.load64(offset &+ 16))
      d = Self.round(d, bytes.load64(offset &+ 24))
      offset &+= 32
    }
    (lane1, lane2, lane3, lane4) = (a, b, c, d)
  }

  private func digest(tail: RawSpan) -> UInt64 {
    var hash: UInt64
    if byteCount >= 32 {
      hash = Self.rotate(lane1, 1) &+ Self.rotate(lane2, 7)
      hash = hash &+ Self.rotate(lane3, 12) &+ Self.rotate(lane4, 18)
      for lane in [lane1, lane2, lane3, lane4] {
        hash = (hash ^ Self.round(0, lane)) &* Self.prime1 &+ Self.prime4
      }
    } else {
      hash = seed &+ Self.prime5
    }
    hash = hash &+ byteCount
    var offset = 0
    while offset &+ 8 <= tail.byteCount {
      hash ^= Self.round(0, tail.load64(offset))
      hash = Self.rotate(hash, 27) &* Self.prime1 &+ Self.prime4
      offset &+= 8
    }
    if offset &+ 4 <= tail.byteCount {
      hash ^= UInt64(tail.load32(offset)) &* Self.prime1
      hash = Self.rotate(hash, 23) &* Self.prime2 &+ Self.prime3
      offset &+= 4
    }
    while offset < tail.byteCount {
      hash ^= UInt64(tail.load8(offset)) &* Self.prime5
      hash = Self.rotate(hash, 11) &* Self.prime1
      offset &+= 1
    }
    hash = (hash ^ (hash &>> 33)) &* Self.prime2
    hash = (hash ^ (hash &>> 29)) &* Self.prime3
    return hash ^ (hash &>> 32)
  }

  @inline(__always)
  private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    rotate(lane &+ word &* prime2, 31) &* prime1
  }

  @inline(__always)
  private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
    (value &<< count) | (value &>> (64 &- count))
  }
}
