/// Exponential and logarithms with the same bits on every processor.
///
/// The C library chooses among versions of these by processor, which may differ in the last bit; a
/// score must not depend on the machine that computed it. The exponential is rounded rightly but for 2 in a
/// thousand numbers, and is then the neighbour; errors of the logarithms stay within two units in the last place.
package enum ElementaryFunctions {
  /// ln 2 in two parts; the first ends in 21 zero bits, so its product with an exponent is exact.
  private static let ln2High = Double(bitPattern: 0x3FE6_2E42_FEE0_0000)
  private static let ln2Low = 1.908_214_929_270_587_7e-10

  /// e to the power of `x`.
  package static func exponential(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 709.782_712_893_384 { return .infinity }
    if x < -745.133_219_101_941_2 { return 0 }
    let exponent = (x * 1.442_695_040_888_963_4).rounded()
    // The rest in two parts: the product with the high part of ln 2 is exact, and so is the difference.
    let far = x - exponent * ln2High
    let near = exponent * ln2Low
    let rest = far - near
    let restError = (far - rest) - near
    // e^rest = 1 + rest + rest^2 / 2 + rest^3 / 6 * (1 + rest/4 * (1 + rest/5 * ...)); the square in two parts too.
    let half = 0.5 * rest
    let square = half * rest
    let squareError = (-square).addingProduct(half, rest) + restError * rest
    var tail = 0.0
    var divisor = 14.0
    while divisor >= 4 {
      tail = (1 + tail) * rest / divisor
      divisor -= 1
    }
    let cube = square * rest / 3 * (1 + tail)
    let line = 1 + rest
    let lineError = rest - (line - 1)
    let curve = line + square
    let curveError = square - (curve - line)
    let sum = curve + (lineError + curveError + (restError + squareError + cube))
    return Double(sign: .plus, exponent: Int(exponent), significand: sum)
  }

  /// The natural logarithm of a number that is not negative.
  package static func logarithm(_ x: Double) -> Double {
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
  package static func logarithmOfOnePlus(_ x: Double) -> Double {
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
