/// A count as people read it, with three digits and a metric prefix: `1.23 MT`.
///
/// It is the text of `humanize.metric(count, unit="T")`, which datatrove writes: halves that the division
/// leaves exactly go to the even digit.
enum MetricCount {
  private static let prefixes = ["", "k", "M", "G", "T"]

  /// Takes counts below 10^15.
  static func text(_ count: Int, unit: String) -> String {
    precondition(count >= 0 && count < 1_000_000_000_000_000, "no shard has so many")
    var exponent = String(count).count - 1
    // What rounding carries to a fourth digit has one decimal fewer, or the next prefix.
    if digits(count, exponent) > 999 { exponent += 1 }
    let shown = String(digits(count, exponent))
    let decimals = 2 - exponent % 3
    let padded = String(repeating: "0", count: max(0, 3 - shown.count)) + shown
    let point = decimals == 0 ? "" : "."
    return "\(padded.dropLast(decimals))\(point)\(padded.suffix(decimals)) "
      + "\(prefixes[exponent / 3])\(unit)"
  }

  /// The digits to show of a count that has `exponent` digits after its first, without their point.
  private static func digits(_ count: Int, _ exponent: Int) -> Int {
    let scale = power(exponent / 3 * 3)
    let scaled = count * power(2 - exponent % 3)
    let (digits, rest) = scaled.quotientAndRemainder(dividingBy: scale)
    if 2 * rest != scale { return 2 * rest > scale ? digits + 1 : digits }
    // A half in decimals may be above or below one as the binary fraction that is rounded.
    let quotient = Double(count) / Double(scale)
    let error = (-Double(count)).addingProduct(quotient, Double(scale))
    return error > 0 || error == 0 && digits % 2 == 1 ? digits + 1 : digits
  }

  private static func power(_ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { power, _ in 10 * power }
  }
}
