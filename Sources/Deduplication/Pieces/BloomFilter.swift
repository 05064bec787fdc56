/// A set of keys in little memory that says "seen" of every key in it, and by chance of some that are
/// not (Bloom 1970).
///
/// Each key has its bits in one block of 512, a cache line (Putze, Sanders and Singler 2007). The
/// number of keys in a block varies, which makes a blocked filter err more often than its bits would
/// allow; size and bits a key are therefore chosen by the expected rate of the full filter, summed
/// over the Poisson distribution of block loads. Any number of blocks will do: a block is chosen by
/// the high half of a product, not by a mask.
package struct BloomFilter {
  static let blockBitCount = 512
  private static let wordsPerBlock = blockBitCount / 64

  /// How many different keys it takes.
  package let capacity: Int
  /// The share of unseen keys that it calls seen once it is full, at most.
  package let errorRate: Double
  let bitsPerKey: Int
  private let blockCount: Int
  private var words: [UInt64]
  /// Keys that were not seen when they came.
  package private(set) var count = 0

  /// Makes an empty filter; refuses one that takes more than `memoryByteCount`.
  package init(
    capacity: Int, errorRate: Double, memoryByteCount: Int
  ) throws(DeduplicationError) {
    precondition(capacity >= 0 && errorRate > 0 && errorRate < 1)
    let shape = Self.shape(capacity: capacity, errorRate: errorRate)
    guard shape.blockCount <= memoryByteCount / (Self.blockBitCount / 8) else {
      throw .limit(
        what: "A filter for \(capacity) keys at an error rate of \(errorRate) takes "
          + "\(shape.blockCount * Self.blockBitCount / 8) bytes, and there are \(memoryByteCount); "
          + "give more memory, more partitions or a higher rate")
    }
    self.capacity = capacity
    self.errorRate = errorRate
    bitsPerKey = shape.bitsPerKey
    blockCount = shape.blockCount
    words = Array(repeating: 0, count: shape.blockCount * Self.wordsPerBlock)
  }

  package var byteCount: Int { words.count * 8 }

  /// Adds a key of 128 hashed bits; true when it is there already, or seems to be.
  ///
  /// Throws when the filter is full: another key would raise the error rate.
  package mutating func insert(high: UInt64, low: UInt64) throws(DeduplicationError) -> Bool {
    let start = firstWord(high)
    var isSeen = true
    var bits = BitPlaces(low)
    for _ in 0..<bitsPerKey {
      let bit = bits.next()
      if words[start &+ bit &>> 6] &>> UInt64(bit & 63) & 1 == 0 { isSeen = false }
    }
    if isSeen { return true }
    guard count < capacity else {
      throw .limit(
        what: "More than the \(capacity) keys that the filter was made for; "
          + "give a larger capacity, or none to have the keys counted")
    }
    count += 1
    bits = BitPlaces(low)
    for _ in 0..<bitsPerKey {
      let bit = bits.next()
      words[start &+ bit &>> 6] |= 1 &<< UInt64(bit & 63)
    }
    return false
  }

  private func firstWord(_ high: UInt64) -> Int {
    Int(high.multipliedFullWidth(by: UInt64(blockCount)).high) &* Self.wordsPerBlock
  }

  /// What is left of the rate for what `expectedRate` neglects: equally many keys set different
  /// numbers of bits, which costs a few parts in a hundred.
  private static let safety = 0.9

  /// The fewest blocks, with the bits a key that make them suffice.
  static func shape(capacity: Int, errorRate: Double) -> (blockCount: Int, bitsPerKey: Int) {
    var best = (blockCount: Int.max / blockBitCount, bitsPerKey: 1)
    for bitsPerKey in 1...24 {
      // Keys a block: the rate falls with it.
      var (low, high) = (0.0, Double(blockBitCount))
      for _ in 0..<50 {
        let middle = (low + high) / 2
        if expectedRate(keysPerBlock: middle, bitsPerKey) <= safety * errorRate {
          low = middle
        } else {
          high = middle
        }
      }
      guard low > 0 else { continue }
      let blockCount = max(1, (Double(capacity) / low).rounded(.up))
      // Compared as it is: what is too many for memory may be too many for an integer.
      if blockCount < Double(best.blockCount) { best = (Int(blockCount), bitsPerKey) }
    }
    return best
  }

  /// The expected rate of a full filter whose blocks have `keysPerBlock` keys on average.
  static func expectedRate(keysPerBlock: Double, _ bitsPerKey: Int) -> Double {
    let spread = 12 * keysPerBlock.squareRoot() + 12
    let last = Int(keysPerBlock + spread)
    // Probabilities of the loads relative to that of the likeliest, to stay within range.
    let mode = Int(keysPerBlock)
    var weights = Array(repeating: 0.0, count: last + 1)
    weights[mode] = 1
    for load in stride(from: mode, to: 0, by: -1) {
      weights[load - 1] = weights[load] * Double(load) / keysPerBlock
    }
    if mode < last {
      for load in mode..<last {
        weights[load + 1] = weights[load] * keysPerBlock / Double(load + 1)
      }
    }
    var (rate, sum, clear) = (0.0, 0.0, 1.0)
    let step = power(1 - 1 / Double(blockBitCount), bitsPerKey)
    for weight in weights {
      rate += weight * power(1 - clear, bitsPerKey)
      sum += weight
      clear *= step
    }
    return rate / sum
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<exponent { result *= base }
    return result
  }
}

/// Nine-bit numbers drawn from a key, seven of a word.
private struct BitPlaces {
  private var state: UInt64
  private var word: UInt64 = 0
  private var left = 0

  init(_ low: UInt64) {
    state = low
  }

  @inline(__always)
  mutating func next() -> Int {
    if left == 0 {
      state = state &+ 0x9E37_79B9_7F4A_7C15
      word = mix(state, 0xD6E8_FEB8_6659_FD93)
      left = 7
    }
    left &-= 1
    let bit = Int(word & 511)
    word = word &>> 9
    return bit
  }
}
