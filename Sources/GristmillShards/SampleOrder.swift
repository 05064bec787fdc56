/// A shuffled order of samples that is computed, not stored, and is the same on every rank and machine.
///
/// A permutation of `0..<count` for each seed and epoch: a Feistel network over the bits of `count - 1`,
/// walked until it lands inside (Black and Rogaway 2002). `Permutation` of the Python package
/// `gristmill_loader` is the same.
public struct SampleOrder: Sendable {
  /// How many samples there are.
  public let count: Int

  private let lowBits: Int
  private let highBits: Int
  private let keys: [UInt64]

  private static let roundCount = 8
  private static let golden: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The order of an epoch, counted from 0; `count` is below 2^62.
  public init(count: Int, seed: UInt64, epoch: Int = 0) {
    precondition(count >= 0 && count < 1 << 62, "no such number of samples")
    precondition(epoch >= 0, "no such epoch")
    self.count = count
    let bits = max(2, Int.bitWidth - max(0, count - 1).leadingZeroBitCount)
    lowBits = bits / 2
    highBits = bits - lowBits
    let base = Self.mixed(seed &+ Self.golden)
    keys = (1...Self.roundCount).map { round in
      let number = UInt64(epoch) &* UInt64(Self.roundCount) &+ UInt64(round)
      return Self.mixed(base &+ number &* Self.golden)
    }
  }

  /// The sample at a place of the order.
  public subscript(place: Int) -> Int {
    precondition(place >= 0 && place < count, "no such place")
    var value = permuted(UInt64(place))
    while value >= UInt64(count) { value = permuted(value) }
    return Int(value)
  }

  /// The samples of one rank, in order: every `worldSize`-th of all from the `rank`-th on.
  ///
  /// The ranks together have every sample once.
  public func samples(rank: Int, worldSize: Int) -> some Sequence<Int> {
    precondition(worldSize > 0 && rank >= 0 && rank < worldSize, "no such rank")
    return stride(from: rank, to: count, by: worldSize).lazy.map { self[$0] }
  }

  private func permuted(_ value: UInt64) -> UInt64 {
    var high = value >> UInt64(lowBits)
    var low = value & (1 << UInt64(lowBits) - 1)
    for (round, key) in keys.enumerated() {
      if round.isMultiple(of: 2) {
        high ^= Self.mixed(low &+ key) >> UInt64(64 - highBits)
      } else {
        low ^= Self.mixed(high &+ key) >> UInt64(64 - lowBits)
      }
    }
    return high << UInt64(lowBits) | low
  }

  /// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
