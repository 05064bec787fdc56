/// The polynomial of the last `length` hashes modulo the prime 2^61 - 1 (Karp and Rabin 1987).
///
/// Two different sequences agree for at most `length` of the 2^61 bases.
struct RollingHash {
  private static let prime: UInt64 = 1 << 61 - 1

  private let base: UInt64
  /// The base to the power of `length`: the weight of the hash that leaves.
  private let leavingWeight: UInt64
  private(set) var value: UInt64 = 0

  init(length: Int, base: UInt64) {
    self.base = base
    var weight: UInt64 = 1
    for _ in 0..<length { weight = Self.multiply(weight, base) }
    leavingWeight = weight
  }

  /// Takes a hash in, and with `leaving` the one that was taken `length` before.
  @inline(__always)
  mutating func roll(_ entering: UInt64, leaving: UInt64 = 0) {
    let sum =
      Self.multiply(value, base) &+ entering &+ Self.prime
      &- Self.multiply(leaving, leavingWeight)
    value = Self.reduce(sum)
  }

  /// A number below 2^61 - 1 that is equal to `number` modulo it.
  @inline(__always)
  static func reduce(_ number: UInt64) -> UInt64 {
    let folded = (number & prime) &+ number &>> 61
    return folded >= prime ? folded &- prime : folded
  }

  @inline(__always)
  private static func multiply(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return reduce((product.low & prime) &+ (product.high &<< 3 | product.low &>> 61))
  }
}
