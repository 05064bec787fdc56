/// Numbers of JSON, read as serde_json does, by which Hugging Face's tokenizers read their files.
///
/// The digits are one whole number, which is rounded to a `Double` and then multiplied or divided by a
/// power of ten: the last bit may differ from the nearest `Double`, and with it which of two ways to
/// write a text has the greater sum of scores.
enum JSONNumber {
  private static let powers = (0...308).map { Double("1e\($0)") ?? .infinity }

  /// The value of a number; nil when it is none, or too large.
  static func parse(_ text: ArraySlice<UInt8>) -> Double? {
    var rest = text
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest = rest.dropFirst() }
    var significand: UInt64 = 0
    var exponent = 0
    let whole = rest.prefix(while: isDigit)
    if whole.isEmpty || (whole.count > 1 && whole.first == 0x30) { return nil }
    if !take(whole, &significand) { exponent += overflow(whole) }
    rest = rest.dropFirst(whole.count)
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix(while: isDigit)
      if fraction.isEmpty { return nil }
      // What no longer fits is left out.
      for digit in fraction where exponent <= 0 {
        if !take(CollectionOfOne(digit), &significand) { break }
        exponent -= 1
      }
      rest = rest.dropFirst(fraction.count + 1)
    }
    if let letter = rest.first {
      guard letter | 0x20 == UInt8(ascii: "e"),
        let power = Int(String(decoding: rest.dropFirst(), as: UTF8.self)), abs(power) < 1 << 30
      else { return nil }
      exponent += power
    }
    guard let value = scaled(Double(significand), exponent) else { return nil }
    return isNegative ? -value : value
  }

  /// A text that reads back as the value; the nearest there is when none does.
  static func text(_ value: Double) -> String {
    var (above, below) = (value, value)
    for _ in 0..<4 {
      for near in [above, below] {
        let text = "\(near)"
        if parse(Array(text.utf8)[...]) == value { return text }
      }
      (above, below) = (above.nextUp, below.nextDown)
    }
    return "\(value)"
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Takes digits while they fit in 64 bits; false when one does not.
  private static func take(_ digits: some Collection<UInt8>, _ significand: inout UInt64) -> Bool {
    for digit in digits {
      let (product, isLarge) = significand.multipliedReportingOverflow(by: 10)
      let (sum, isLarger) = product.addingReportingOverflow(UInt64(digit - 0x30))
      if isLarge || isLarger { return false }
      significand = sum
    }
    return true
  }

  /// How many digits of a whole number are beyond 64 bits.
  private static func overflow(_ digits: ArraySlice<UInt8>) -> Int {
    var (significand, count): (UInt64, Int) = (0, 0)
    for digit in digits {
      if !take(CollectionOfOne(digit), &significand) { break }
      count += 1
    }
    return digits.count - count
  }

  private static func scaled(_ value: Double, _ exponent: Int) -> Double? {
    var (value, exponent) = (value, exponent)
    while exponent < -308, value != 0 {
      value /= powers[308]
      exponent += 308
    }
    if value == 0 { return 0 }
    if exponent > 308 { return nil }
    let scaled = exponent >= 0 ? value * powers[exponent] : value / powers[-exponent]
    return scaled.isInfinite ? nil : scaled
  }
}
