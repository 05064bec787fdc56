/// JSON string escapes undone and made one character at a time, from RFC 8259, section 7.
enum SlowJSONString {
  static let shortEscapes: [Character: UInt8] = [
    "\"": 0x22, "\\": 0x5C, "/": 0x2F, "b": 0x08, "f": 0x0C, "n": 0x0A, "r": 0x0D, "t": 0x09,
  ]

  /// The bytes and the count of lone surrogates, or nil for a bad escape or a bare quote.
  static func unescape(_ content: [UInt8]) -> (bytes: [UInt8], replaced: Int)? {
    var units: [Unit] = []
    var rest = content[...]
    while let byte = rest.popFirst() {
      if byte == 0x22 { return nil }
      guard byte == 0x5C else {
        units.append(.byte(byte))
        continue
      }
      guard let code = rest.popFirst() else { return nil }
      if code == 0x75 {
        let digits = String(decoding: rest.prefix(4), as: UTF8.self)
        guard digits.utf8.count == 4, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
          let value = UInt16(digits, radix: 16)
        else { return nil }
        rest = rest.dropFirst(4)
        units.append(.code(value))
      } else if let plain = shortEscapes[Character(Unicode.Scalar(code))] {
        units.append(.byte(plain))
      } else {
        return nil
      }
    }
    return join(units)
  }

  static func escape(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { byte -> [UInt8] in
      if let short = shortEscapes.first(where: { $0.value == byte && byte != 0x2F })?.key {
        return [0x5C] + Array(String(short).utf8)
      }
      guard byte < 0x20 else { return [byte] }
      let digits = String(byte, radix: 16)
      return Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
    }
  }

  private enum Unit {
    case byte(UInt8)
    case code(UInt16)
  }

  private static func join(_ units: [Unit]) -> (bytes: [UInt8], replaced: Int) {
    var bytes: [UInt8] = []
    var replaced = 0
    var index = 0
    while index < units.count {
      defer { index += 1 }
      guard case .code(let first) = units[index] else {
        if case .byte(let byte) = units[index] { bytes.append(byte) }
        continue
      }
      if let scalar = Unicode.Scalar(first) {
        bytes += Array(String(scalar).utf8)
      } else if index + 1 < units.count, case .code(let second) = units[index + 1],
        UTF16.isLeadSurrogate(first), UTF16.isTrailSurrogate(second)
      {
        bytes += Array(String(decoding: [first, second], as: UTF16.self).utf8)
        index += 1
      } else {
        bytes += [0xEF, 0xBF, 0xBD]
        replaced += 1
      }
    }
    return (bytes, replaced)
  }
}
