internal import CKernels

/// The hash functions of one family whose minima over a text's shingles are its min-hashes.
///
/// Shingles are numbers of 64 bits, and functions of 32 bits take the high half of them.
struct HashFunctions {
  /// What a function with the multiplier a and the offset b makes of a shingle x.
  enum Arithmetic {
    /// `a * x + b` mod 2^32.
    case affine32
    /// `a * x + b` mod 2^64.
    case affine64
    /// `(a * x + b mod 2^64) mod (2^61 - 1)`, of which the low 32 bits or all are kept; x is the high
    /// half of the shingle or all of it.
    case mersenne(takesHalf: Bool)
    /// `(a * (x + 1) + b) mod 2038074743`, where x has 31 bits.
    case spark
  }

  /// The least values so far, of 32 bits or of 64.
  struct Minima {
    fileprivate var narrow: [UInt32] = []
    fileprivate var wide: [UInt64] = []

    init(_ functions: HashFunctions) {
      let count = functions.multipliers.count
      if functions.isNarrow {
        narrow = Array(repeating: .max, count: count)
      } else {
        wide = Array(repeating: .max, count: count)
      }
    }
  }

  let arithmetic: Arithmetic
  let count: Int
  /// Bits of a min-hash: 32 or 64.
  let bits: Int
  /// One for each function, and some more that fill the widest vectors.
  let multipliers: [UInt64]
  let offsets: [UInt64]
  private let narrowMultipliers: [UInt32]
  private let narrowOffsets: [UInt32]

  /// `parameters` are the multiplier and the offset of each function.
  init(
    _ arithmetic: Arithmetic, bits: Int, parameters: [(multiplier: UInt64, offset: UInt64)]
  ) {
    self.arithmetic = arithmetic
    self.bits = bits
    count = parameters.count
    let padding = Array(repeating: UInt64(1), count: (count + 15) / 16 * 16 - count)
    multipliers = parameters.map(\.multiplier) + padding
    offsets = parameters.map(\.offset) + padding
    narrowMultipliers = multipliers.map { UInt32(truncatingIfNeeded: $0) }
    narrowOffsets = offsets.map { UInt32(truncatingIfNeeded: $0) }
  }

  fileprivate var isNarrow: Bool { if case .affine32 = arithmetic { true } else { false } }

  /// Takes the values of some shingles into account.
  func lower(_ minima: inout Minima, over shingles: Span<UInt64>) {
    // SAFETY: the pointers stay in the closure; `Minima` and the parameters have one length, a
    // multiple of sixteen.
    unsafe shingles.withUnsafeBufferPointer { buffer in
      let (values, valueCount) = (buffer.baseAddress, buffer.count)
      switch arithmetic {
      case .affine32:
        unsafe ck_minhash32(
          values, valueCount, narrowMultipliers, narrowOffsets, &minima.narrow,
          minima.narrow.count)
      case .affine64:
        unsafe ck_minhash64(
          values, valueCount, multipliers, offsets, &minima.wide, minima.wide.count)
      case .mersenne(let takesHalf):
        unsafe ck_minhash_mersenne(
          values, valueCount, multipliers, offsets, &minima.wide, minima.wide.count,
          takesHalf ? 32 : 0, bits == 32 ? UInt64(UInt32.max) : .max)
      case .spark:
        unsafe ck_minhash_spark(
          values, valueCount, multipliers, offsets, &minima.wide, minima.wide.count)
      }
    }
  }

  /// The min-hashes in the form in which signatures hold them: of 64 bits two words, the low one first.
  func words(of minima: Minima) -> [UInt32] {
    if isNarrow { return Array(minima.narrow.prefix(count)) }
    var words: [UInt32] = []
    words.reserveCapacity(count * bits / 32)
    for hash in minima.wide.prefix(count) {
      words.append(UInt32(truncatingIfNeeded: hash))
      if bits == 64 { words.append(UInt32(truncatingIfNeeded: hash >> 32)) }
    }
    return words
  }
}
