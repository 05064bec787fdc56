/// Character classes, properties and escapes.
extension ExpressionTranslator {
  /// The class behind the `[` that was just passed, as a set of ICU's.
  mutating func characterClass(depth: Int = 0) throws(SplitPatternError) -> String {
    if depth > 30 { throw refusal("has classes nested too deep") }
    let isNegated = take("^")
    var parts = [""]
    while true {
      guard let scalar = next else { throw refusal("has a [ without its ]") }
      if scalar == "]" {
        position += 1
        break
      }
      if take("[:") {
        parts[parts.count - 1] += try bracketName()
      } else if take("[") {
        parts[parts.count - 1] += try characterClass(depth: depth + 1)
      } else if take("&&") {
        parts.append("")
      } else {
        parts[parts.count - 1] += try classItem()
      }
    }
    guard parts.allSatisfy({ !$0.isEmpty }) else { throw unsupported("an empty class") }
    let set = parts.count == 1 ? parts[0] : parts.map { "[\($0)]" }.joined(separator: "&&")
    return isNegated ? "[^[\(set)]]" : "[\(set)]"
  }

  /// A character, a range or an escape.
  private mutating func classItem() throws(SplitPatternError) -> String {
    if next == "\\" {
      position += 1
      if let set = try classEscape(word: ExpressionClasses.word) { return set }
      position -= 1
    }
    let first = try classCharacter()
    guard next == "-", position + 1 < units.count, units[position + 1] != "]" else {
      return Self.code(first)
    }
    position += 1
    if next == "[" || next == "&" { throw unsupported("a - before \(next ?? "[") in a class") }
    let last = try classCharacter()
    guard first <= last else { throw refusal("has a range from \(first) down to \(last)") }
    return "\(Self.code(first))-\(Self.code(last))"
  }

  private mutating func classCharacter() throws(SplitPatternError) -> Unicode.Scalar {
    guard let scalar = next else { throw refusal("has a [ without its ]") }
    position += 1
    guard scalar == "\\" else { return scalar }
    if next == "b" {
      position += 1
      return "\u{8}"
    }
    guard let escaped = try characterEscape() else {
      throw unsupported("[\\\(next.map { String($0) } ?? "")]")
    }
    return escaped
  }

  /// The inner of a set, for what stands behind a backslash; nil, and nothing passed, for no class.
  mutating func classEscape(word: String) throws(SplitPatternError) -> String? {
    guard let scalar = next else { return nil }
    let inner: String? =
      switch scalar {
      case "d", "D": ExpressionClasses.category("Nd")
      case "s", "S": ExpressionClasses.whitespace
      case "w", "W": word
      case "h", "H": "0-9A-Fa-f"
      default: nil
      }
    if let inner {
      position += 1
      return scalar.properties.isUppercase ? "[^\(inner)]" : "[\(inner)]"
    }
    guard scalar == "p" || scalar == "P" else { return nil }
    position += 1
    guard take("{"), let end = units[position...].firstIndex(of: "}") else {
      throw unsupported("\\\(scalar) without {}")
    }
    var isNegated = scalar == "P"
    if take("^") { isNegated.toggle() }
    let name = String(String.UnicodeScalarView(units[position..<end]))
    position = end + 1
    guard let set = ExpressionClasses.property(name) else { throw unsupported("\\p{\(name)}") }
    return isNegated ? "[^\(set)]" : "[\(set)]"
  }

  /// `[:name:]`, whose opening was just passed.
  private mutating func bracketName() throws(SplitPatternError) -> String {
    let isNegated = take("^")
    var name = ""
    while let scalar = next, scalar != ":", scalar != "]" {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    guard take(":]"), let set = ExpressionClasses.bracket(name) else {
      throw unsupported("[:\(name):]")
    }
    return isNegated ? "[^\(set)]" : "[\(set)]"
  }

  private static let controls: [Unicode.Scalar: Unicode.Scalar] = [
    "t": "\t", "n": "\n", "r": "\r", "f": "\u{C}", "v": "\u{B}", "a": "\u{7}", "e": "\u{1B}",
  ]

  /// The scalar that is escaped by the backslash just passed; nil, and nothing passed, for none.
  mutating func characterEscape() throws(SplitPatternError) -> Unicode.Scalar? {
    guard let scalar = next else { return nil }
    if let control = Self.controls[scalar] {
      position += 1
      return control
    }
    if scalar == "x" || scalar == "u" { return try number(scalar) }
    let isPlain =
      !scalar.isASCII || !(scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
    if !isPlain { return nil }
    position += 1
    return scalar
  }

  /// `\xHH`, `\x{H...}` or `\uHHHH`.
  private mutating func number(_ kind: Unicode.Scalar) throws(SplitPatternError) -> Unicode.Scalar {
    position += 1
    let isBraced = kind == "x" && take("{")
    let limit = isBraced ? 8 : kind == "x" ? 2 : 4
    let digits = units[position...].prefix(limit).prefix {
      $0.isASCII && $0.properties.isASCIIHexDigit
    }
    position += digits.count
    let text = String(String.UnicodeScalarView(digits))
    guard let value = UInt32(text, radix: 16), let scalar = Unicode.Scalar(value),
      isBraced ? take("}") : digits.count == limit, isBraced || value < 0x80 || kind == "u"
    else { throw unsupported("\\\(kind)\(text)") }
    return scalar
  }
}
