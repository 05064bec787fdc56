/// The generator `java.util.Random`, by which Spark draws.
///
/// Source: the documentation of the class, which fixes the algorithm.
struct JavaRandom {
  private static let mask: UInt64 = 1 << 48 - 1
  private var state: UInt64

  init(seed: Int64) {
    state = (UInt64(bitPattern: seed) ^ 0x5_DEEC_E66D) & Self.mask
  }

  /// `nextInt(bound)` for a bound that is no power of two, from 3 to 2^31 - 1.
  mutating func next(below bound: Int32) -> Int32 {
    while true {
      state = (state &* 0x5_DEEC_E66D &+ 0xB) & Self.mask
      let bits = Int32(state >> 17)
      let value = bits % bound
      // Of the numbers above the last whole multiple of the bound none is taken.
      if !bits.subtractingReportingOverflow(value).partialValue
        .addingReportingOverflow(bound - 1).overflow
      {
        return value
      }
    }
  }
}
