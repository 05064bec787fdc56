internal import ByteKernels

/// Exact decimal digits of numbers of any width.
enum ParquetDecimal {
  /// Whole-number digits with a point `scale` digits from the right.
  static func text(_ digits: String, scale: Int) -> String {
    if scale == 0 { return digits }
    let isNegative = digits.hasPrefix("-")
    let magnitude = Array(digits.utf8.drop { $0 == UInt8(ascii: "-") })
    let zeros = Array(repeating: UInt8(ascii: "0"), count: max(0, scale + 1 - magnitude.count))
    var text = zeros + magnitude
    text.insert(UInt8(ascii: "."), at: text.count - scale)
    if isNegative { text.insert(UInt8(ascii: "-"), at: 0) }
    return String(decoding: text, as: UTF8.self)
  }

  /// The digits of a big-endian number in two's complement.
  static func digits(_ bytes: Span<UInt8>) -> String {
    if bytes.count <= 8 {
      var number: Int64 = bytes.count > 0 && bytes[0] >= 0x80 ? -1 : 0
      for index in bytes.indices { number = number << 8 | Int64(bytes[index]) }
      return String(number)
    }
    // Longer than any decimal that programs write: no exact digits are worth quadratic time.
    guard bytes.count <= 256 else { return "0" }
    let isNegative = bytes[0] >= 0x80
    var magnitude: [UInt8] = []
    for index in bytes.indices { magnitude.append(isNegative ? ~bytes[index] : bytes[index]) }
    if isNegative {
      for index in magnitude.indices.reversed() {
        magnitude[index] &+= 1
        if magnitude[index] != 0 { break }
      }
    }
    var groups: [UInt64] = [0]
    for byte in magnitude {
      var carry = UInt64(byte)
      for index in groups.indices {
        let sum = groups[index] * 256 + carry
        groups[index] = sum % 1_000_000_000
        carry = sum / 1_000_000_000
      }
      if carry > 0 { groups.append(carry) }
    }
    var text = String(groups[groups.count - 1])
    for group in groups.dropLast().reversed() {
      let digits = String(group)
      text += String(repeating: "0", count: 9 - digits.utf8.count) + digits
    }
    return isNegative ? "-" + text : text
  }
}
