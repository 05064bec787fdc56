/// Exponential and logarithms with the same bits on every processor.
///
/// The C library chooses among versions of these by processor, which may differ in the last bit; a
/// score must not depend on the machine that computed it. Errors stay within two units in the last place.
enum ElementaryFunctions {
  /// ln 2 in two parts; the first ends in 21 zero bits, so its product with an exponent is exact.
  private static let ln2High = Double(bitPattern: 0x3FE6_2E42_FEE0_0000)
  private static let ln2Low = 1.908_214_929_270_587_7e-10

  /// 1/13!, 1/12!, ... 1/0!: the Taylor series of the exponential, exact enough below ln 2 / 2.
  private static let inverseFactorials: InlineArray<14, Double> = [
    1 / 6_227_020_800, 1 / 479_001_600, 1 / 39_916_800, 1 / 3_628_800, 1 / 362_880, 1 / 40_320,
    1 / 5_040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2, 1, 1,
  ]

  /// e to the power of `x`.
  static func exponential(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 709.782_712_893_384 { return .infinity }
    if x < -745.133_219_101_941_2 { return 0 }
    let exponent = (x * 1.442_695_040_888_963_4).rounded()
    let rest = x - exponent * ln2High - exponent * ln2Low
    var sum = 0.0
    for index in inverseFactorials.indices { sum = sum * rest + inverseFactorials[index] }
    return Double(sign: .plus, exponent: Int(exponent), significand: sum)
  }

  /// The natural logarithm of a number that is not negative.
  static func logarithm(_ x: Double) -> Double {
    if x == 0 { return -.infinity }
    if x.isNaN || x == .infinity { return x }
    var exponent = Double(x.exponent)
    var mantissa = x.significand
    if mantissa > 1.414_213_562_373_095_1 {
      mantissa *= 0.5
      exponent += 1
    }
    let rest = mantissa - 1
    return exponent * ln2High + (exponent * ln2Low + logarithm(halves: rest / (2 + rest)))
  }

  /// ln(1 + x) for `x` from 0 to 1, exact also where 1 + x is not.
  static func logarithmOfOnePlus(_ x: Double) -> Double {
    logarithm(halves: x / (2 + x))
  }

  /// ln((1 + s) / (1 - s)) = 2 (s + s³/3 + s⁵/5 + ...) for |s| up to 1/3.
  private static func logarithm(halves s: Double) -> Double {
    let square = s * s
    var sum = 0.0
    for term in stride(from: 35.0, through: 3.0, by: -2.0) { sum = (sum + 1 / term) * square }
    return 2 * s + 2 * s * sum
  }
}
