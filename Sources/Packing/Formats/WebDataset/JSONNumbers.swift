/// A JSON array of token ids.
enum JSONNumbers {
  enum Outcome: Equatable {
    case numbers([UInt32])
    /// The number at this position is negative or above 32 bits.
    case impossible(Int)
    case malformed
  }

  static func append(_ number: UInt32, to text: inout [UInt8]) {
    var power: UInt32 = 1
    while number / power >= 10 { power *= 10 }
    while power > 0 {
      text.append(UInt8(ascii: "0") + UInt8(number / power % 10))
      power /= 10
    }
  }

  /// The numbers of an array that is all of the text.
  static func parse(_ text: Span<UInt8>) -> Outcome {
    var offset = 0
    guard take(UInt8(ascii: "["), text, &offset) else { return .malformed }
    var numbers: [UInt32] = []
    var isOpen = !take(UInt8(ascii: "]"), text, &offset)
    while isOpen {
      let isNegative = take(UInt8(ascii: "-"), text, &offset)
      guard let number = digits(text, &offset) else { return .malformed }
      guard !isNegative || number == 0, number <= Int(UInt32.max) else {
        return .impossible(numbers.count)
      }
      numbers.append(UInt32(number))
      isOpen = take(UInt8(ascii: ","), text, &offset)
      if !isOpen, !take(UInt8(ascii: "]"), text, &offset) { return .malformed }
    }
    skipSpace(text, &offset)
    return offset == text.count ? .numbers(numbers) : .malformed
  }

  /// A number without sign, those above 32 bits all as 2^32; nil when none is here.
  private static func digits(_ text: Span<UInt8>, _ offset: inout Int) -> Int? {
    skipSpace(text, &offset)
    let start = offset
    var number = 0
    while offset < text.count, text[offset] &- 48 < 10 {
      number = min(number * 10 + Int(text[offset] - 48), 1 << 32)
      offset += 1
    }
    return start == offset ? nil : number
  }

  /// Passes over space and then over the byte, if it is here.
  private static func take(_ byte: UInt8, _ text: Span<UInt8>, _ offset: inout Int) -> Bool {
    skipSpace(text, &offset)
    guard offset < text.count, text[offset] == byte else { return false }
    offset += 1
    return true
  }

  private static func skipSpace(_ text: Span<UInt8>, _ offset: inout Int) {
    while offset < text.count {
      let byte = text[offset]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      offset += 1
    }
  }
}
