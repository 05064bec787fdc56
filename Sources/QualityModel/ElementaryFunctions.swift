/// Exponential and logarithms with the same bits on every processor.
///
/// The C library chooses among versions of these by processor, which may differ in the last bit; a
/// score must not depend on the machine that computed it. Errors stay within two units in the last place.
package enum ElementaryFunctions {
  /// ln 2 in two parts; the first ends in 21 zero bits, so its product with an exponent is exact.
  private static let ln2High = Double(bitPattern: 0x3FE6_2E42_FEE0_0000)
  private static let ln2Low = 1.908_214_929_270_587_7e-10

  /// e to the power of `x`.
  static func exponential(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 709.782_712_893_384 { return .infinity }
    if x < -745.133_219_101_941_2 { return 0 }
    let exponent = (x * 1.442_695_040_888_963_4).rounded()
    let rest = x - exponent * ln2High - exponent * ln2Low
    // 1 + rest/1 * (1 + rest/2 * (1 + ...)): the Taylor series, exact enough below ln 2 / 2.
    var sum = 1.0
    var divisor = 13.0
    while divisor >= 1 {
      sum = 1 + sum * rest / divisor
      divisor -= 1
    }
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

  /// A number above 0 to the power of another.
  package static func power(_ base: Double, _ exponent: Double) -> Double {
    exponential(exponent * logarithm(base))
  }

  /// ln(1 + x) for `x` from 0 to 1, exact also where 1 + x is not.
  static func logarithmOfOnePlus(_ x: Double) -> Double {
    logarithm(halves: x / (2 + x))
  }

  /// ln((1 + s) / (1 - s)) = 2 (s + s³/3 + s⁵/5 + ...) for |s| up to 1/3.
  private static func logarithm(halves s: Double) -> Double {
    let square = s * s
    var sum = 0.0
    var divisor = 35.0
    while divisor >= 3 {
      sum = (sum + 1 / divisor) * square
      divisor -= 2
    }
    return 2 * s + 2 * s * sum
  }
}
