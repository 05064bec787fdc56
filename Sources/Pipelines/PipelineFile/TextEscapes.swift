/// Bytes that a setting or an option spells with escapes.
enum TextEscapes {
  /// The escapes there are, for a person.
  static let known = #"\n \r \t \f \0 \\ \xHH \uHHHH"#

  /// Undoes `\n`, `\r`, `\t`, `\f`, `\\`, `\0`, `\xHH` (one byte) and `\uHHHH`; nil for any other.
  static func bytes(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        bytes.append(contentsOf: Array(String(scalar).utf8))
        continue
      }
      switch rest.popFirst() {
      case "n": bytes.append(0x0A)
      case "r": bytes.append(0x0D)
      case "t": bytes.append(0x09)
      case "f": bytes.append(0x0C)
      case "0": bytes.append(0x00)
      case "\\": bytes.append(0x5C)
      case "x":
        guard let value = hexadecimal(&rest, digitCount: 2) else { return nil }
        bytes.append(UInt8(value))
      case "u":
        guard let value = hexadecimal(&rest, digitCount: 4), let scalar = Unicode.Scalar(value)
        else { return nil }
        bytes.append(contentsOf: Array(String(scalar).utf8))
      default: return nil
      }
    }
    return bytes
  }

  private static func hexadecimal(
    _ rest: inout String.UnicodeScalarView.SubSequence, digitCount: Int
  ) -> UInt32? {
    let digits = String(String.UnicodeScalarView(rest.prefix(digitCount)))
    rest = rest.dropFirst(digitCount)
    guard digits.utf8.count == digitCount, digits.allSatisfy(\.isHexDigit) else { return nil }
    return UInt32(digits, radix: 16)
  }
}
