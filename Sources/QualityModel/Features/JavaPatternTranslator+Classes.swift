/// Character classes, properties and escapes.
extension JavaPatternTranslator {
  /// The class behind the `[` that was just passed, as a set of ICU's.
  ///
  /// Source: JDK 17; a class is a union of characters, ranges and classes, `&&` binds weaker than
  /// union, and `^` turns the whole round.
  mutating func characterClass() throws(JavaPatternError) -> String {
    let isNegated = take("^")
    var parts = [""]
    var isAfterNested = false
    while true {
      guard position < units.count else { throw refusal("has a [ without its ]") }
      if meaning == "]", parts.count > 1 || !parts[0].isEmpty {
        position += 1
        break
      }
      if take("[") {
        parts[parts.count - 1] += try characterClass()
        isAfterNested = true
      } else if meaning == "&", meaning(at: position + 1) == "&" {
        position += 2
        parts.append("")
        isAfterNested = false
      } else {
        if parts.count > 1, isAfterNested { throw unsupported("[...&&[...]x]") }
        parts[parts.count - 1] += try classItem()
      }
    }
    guard parts.allSatisfy({ !$0.isEmpty }) else { throw refusal("has && beside nothing") }
    let set =
      parts.count == 1 ? parts[0] : "[" + parts.map { "[\($0)]" }.joined(separator: "&&") + "]"
    return "[" + (isNegated ? "^" : "") + set + "]"
  }

  /// A character, a range or an escape.
  private mutating func classItem() throws(JavaPatternError) -> String {
    if meaning == "\\" {
      position += 1
      if let set = try classEscape() { return set }
      position -= 1
    }
    let first = try classCharacter()
    guard meaning == "-", position + 1 < units.count, meaning(at: position + 1) != "]",
      meaning(at: position + 1) != "["
    else { return members(first, first) }
    position += 1
    let last = try classCharacter()
    guard first <= last else { throw refusal("has a range from \(first) down to \(last)") }
    return members(first, last)
  }

  private mutating func classCharacter() throws(JavaPatternError) -> Unicode.Scalar {
    guard meaning == "\\" else {
      defer { position += 1 }
      return units[position].scalar
    }
    position += 1
    if let scalar = try characterEscape() { return scalar }
    throw unsupported("\\\(Self.shown(meaning)) inside of [...]")
  }

  /// A range, with the other case of its ASCII letters when case is ignored.
  private func members(_ first: Unicode.Scalar, _ last: Unicode.Scalar) -> String {
    var set = Self.code(first) + (first == last ? "" : "-" + Self.code(last))
    guard flags.ignoresCase else { return set }
    for value in UInt8(ascii: "A")...UInt8(ascii: "z") {
      let letter = Unicode.Scalar(value)
      if let other = Self.otherCase(letter), (first...last).contains(other) {
        set += Self.code(letter)
      }
    }
    return set
  }

  /// The class that an escape stands for; nil, and nothing passed, when it stands for none.
  mutating func classEscape() throws(JavaPatternError) -> String? {
    guard let scalar = meaning else { return nil }
    if scalar == "p" || scalar == "P" {
      position += 1
      return try property(isNegated: scalar == "P")
    }
    let lowercase = scalar.properties.lowercaseMapping
    guard let set = Self.escapedClasses[lowercase] else { return nil }
    position += 1
    return String(scalar) == lowercase ? "[\(set)]" : "[^\(set)]"
  }

  private static let escapedClasses = [
    "d": "0-9", "s": " \\t\\n\\x{b}\\f\\r", "w": "a-zA-Z_0-9",
    "h": " \\t\\x{a0}\\x{1680}\\x{180e}\\x{2000}-\\x{200a}\\x{202f}\\x{205f}\\x{3000}",
    "v": "\\n\\x{b}\\f\\r\\x{85}\\x{2028}\\x{2029}",
  ]

  /// The character that an escape stands for; nil, and nothing passed, when it stands for none.
  mutating func characterEscape() throws(JavaPatternError) -> Unicode.Scalar? {
    guard let scalar = meaning else { throw refusal("ends with a backslash") }
    let start = position
    position += 1
    switch scalar {
    case "t": return "\t"
    case "n": return "\n"
    case "r": return "\r"
    case "f": return "\u{0C}"
    case "a": return "\u{07}"
    case "e": return "\u{1B}"
    case "0": return try octal()
    case "x": return try hexadecimal()
    case "u": return try codeUnits()
    case "c":
      guard position < units.count, units[position].scalar.isASCII else {
        throw refusal("has a \\c without its character")
      }
      defer { position += 1 }
      return Unicode.Scalar(units[position].scalar.value ^ 64)
    case "a"..."z", "A"..."Z", "0"..."9":
      position = start
      return nil
    default: return scalar
    }
  }

  /// Up to three digits, the first of three at most 3.
  private mutating func octal() throws(JavaPatternError) -> Unicode.Scalar? {
    var value: UInt32 = 0
    var digitCount = 0
    while digitCount < 3, let scalar = meaning, "0"..."7" ~= scalar {
      if digitCount == 2, value > 0o37 { break }
      value = value * 8 + scalar.value - 0x30
      digitCount += 1
      position += 1
    }
    if digitCount == 0 { throw refusal("has a \\0 without digits") }
    return Unicode.Scalar(value)
  }

  private mutating func hexadecimal() throws(JavaPatternError) -> Unicode.Scalar? {
    var digits = ""
    if take("{") {
      while let scalar = meaning, scalar != "}" {
        digits.unicodeScalars.append(scalar)
        position += 1
      }
      guard take("}") else { throw refusal("has a \\x{ without its }") }
    } else {
      digits = hexDigits(2)
    }
    guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
      throw refusal("has a \\x without the number of a character")
    }
    return scalar
  }

  /// `\u` with four digits; two of them for what takes two units of UTF-16.
  private mutating func codeUnits() throws(JavaPatternError) -> Unicode.Scalar? {
    let problem = refusal("has a \\u without the number of a character")
    guard let high = UInt32(hexDigits(4), radix: 16) else { throw problem }
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard take("\\"), take("u"), let low = UInt32(hexDigits(4), radix: 16),
      (0xD800..<0xDC00).contains(high), (0xDC00..<0xE000).contains(low)
    else { throw problem }
    return Unicode.Scalar(0x1_0000 + (high - 0xD800) << 10 + low - 0xDC00)
  }

  private mutating func hexDigits(_ count: Int) -> String {
    var digits = ""
    while digits.count < count, let scalar = meaning, scalar.properties.isASCIIHexDigit {
      digits.unicodeScalars.append(scalar)
      position += 1
    }
    return digits.count == count ? digits : ""
  }

  /// What stands behind `\p` or `\P`.
  private mutating func property(isNegated: Bool) throws(JavaPatternError) -> String {
    var name = ""
    if take("{") {
      while let scalar = meaning, scalar != "}" {
        name.unicodeScalars.append(scalar)
        position += 1
      }
      guard take("}") else { throw refusal("has a \\p{ without its }") }
    } else if let scalar = meaning {
      name = String(scalar)
      position += 1
    }
    guard let set = JavaProperty.set(name) else { throw unsupported("\\p{\(name)}") }
    if flags.ignoresCase, JavaProperty.dependOnCase.contains(name) {
      throw unsupported("\\p{\(name)} under (?i)")
    }
    return isNegated ? "[^\(set)]" : "[\(set)]"
  }
}
