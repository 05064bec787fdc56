/// The generator behind `numpy.random.RandomState(seed)`: MT19937 (Matsumoto and Nishimura 1998) and
/// numpy's way of drawing whole numbers from it.
///
/// datatrove and datasketch take the parameters of their hash functions from it.
struct MersenneTwister {
  private var state: [UInt32]
  private var position = 624

  init(seed: UInt32) {
    state = [seed]
    for index in 1..<624 {
      let last = state[index - 1]
      state.append(1_812_433_253 &* (last ^ (last >> 30)) &+ UInt32(index))
    }
  }

  /// 32 bits, evenly distributed.
  mutating func next() -> UInt32 {
    if position == 624 { twist() }
    var value = state[position]
    position += 1
    value ^= value >> 11
    value ^= (value << 7) & 0x9D2C_5680
    value ^= (value << 15) & 0xEFC6_0000
    return value ^ (value >> 18)
  }

  /// What `randint(low, high, dtype=numpy.uint64)` returns: from `low` to below `high`, evenly.
  ///
  /// Draws as many bits as the width of the range has, 32 of them or 64, until they are in it.
  mutating func integer(in range: Range<UInt64>) -> UInt64 {
    let width = range.upperBound - range.lowerBound - 1
    guard width > 0 else { return range.lowerBound }
    let mask: UInt64 = ~0 >> width.leadingZeroBitCount
    while true {
      var drawn = UInt64(next())
      if width > UInt64(UInt32.max) { drawn = drawn << 32 | UInt64(next()) }
      drawn &= mask
      if drawn <= width { return range.lowerBound + drawn }
    }
  }

  private mutating func twist() {
    for index in 0..<624 {
      let bits = state[index] & 0x8000_0000 | state[(index + 1) % 624] & 0x7FFF_FFFF
      let odd: UInt32 = bits & 1 == 0 ? 0 : 0x9908_B0DF
      state[index] = state[(index + 397) % 624] ^ (bits >> 1) ^ odd
    }
    position = 0
  }
}
