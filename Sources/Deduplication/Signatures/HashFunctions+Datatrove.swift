extension HashFunctions {
  /// Those of datatrove's MinHash: all multipliers are drawn, then all offsets, and of 32 bits too all
  /// is modulo 2^61 - 1 before the low half is kept.
  ///
  /// Source: datatrove/pipeline/dedup/minhash.py.
  static func datatrove(count: Int, bits: Int, seed: UInt32) -> HashFunctions {
    let prime: UInt64 = 1 << 61 - 1
    var generator = MersenneTwister(seed: seed)
    let multipliers = (0..<count).map { _ in generator.integer(in: 1..<prime) }
    let offsets = (0..<count).map { _ in generator.integer(in: 0..<prime) }
    return HashFunctions(
      .mersenne(takesHalf: bits == 32), bits: bits, parameters: Array(zip(multipliers, offsets)))
  }
}
