/// Says a pattern of Java's in ICU's dialect, where `\w` is Unicode's and line ends are others.
///
/// Source: the documentation of `java.util.regex.Pattern` (JDK 17).
struct JavaPatternTranslator {
  /// One character of the pattern; quoted ones have no meaning but themselves.
  struct Unit {
    let scalar: Unicode.Scalar
    let isQuoted: Bool
  }

  struct Flags {
    var ignoresCase = false
    var dotMatchesAll = false
    var isMultiline = false
  }

  let source: String
  let units: [Unit]
  var position = 0
  var flags = Flags()
  private var output = ""
  private var groupCount = 0
  private var depth = 0

  private static let maximumDepth = 200

  init(_ source: String) {
    self.source = source
    units = Self.unquote(Array(source.unicodeScalars))
  }

  /// The whole pattern in ICU's dialect.
  mutating func translate() throws(JavaPatternError) -> String {
    try alternatives()
    if position < units.count { throw refusal("has a ) without its (") }
    return output
  }

  func refusal(_ problem: String) -> JavaPatternError {
    JavaPatternError(pattern: source, problem: problem)
  }

  func unsupported(_ construct: String) -> JavaPatternError {
    refusal("has \(construct), which this program cannot do as Java does; write it otherwise")
  }

  /// Java reads `\Q...\E` before all else.
  private static func unquote(_ scalars: [Unicode.Scalar]) -> [Unit] {
    var units: [Unit] = []
    var isQuoted = false
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      if scalar == "\\", next == (isQuoted ? "E" : "Q") {
        isQuoted.toggle()
        index += 2
        continue
      }
      units.append(Unit(scalar: scalar, isQuoted: isQuoted))
      index += 1
      if scalar == "\\", !isQuoted, let next {
        units.append(Unit(scalar: next, isQuoted: false))
        index += 1
      }
    }
    return units
  }

  /// The character at the position when it has its meaning; nil when it is quoted, or at the end.
  var meaning: Unicode.Scalar? { meaning(at: position) }

  func meaning(at position: Int) -> Unicode.Scalar? {
    guard position < units.count, !units[position].isQuoted else { return nil }
    return units[position].scalar
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard meaning == scalar else { return false }
    position += 1
    return true
  }

  private mutating func alternatives() throws(JavaPatternError) {
    depth += 1
    if depth > Self.maximumDepth { throw refusal("is nested too deep") }
    let outer = flags
    while position < units.count, meaning != ")" {
      if take("|") {
        output += "|"
      } else {
        try term()
      }
    }
    flags = outer
    depth -= 1
  }

  /// An atom with its quantifier.
  private mutating func term() throws(JavaPatternError) {
    switch meaning {
    case "*", "+", "?", "{":
      throw refusal("has nothing for its \(units[position].scalar) to repeat")
    case "(":
      if try !group() { return }
    case "[":
      position += 1
      output += try characterClass()
    case "\\": try escape()
    case ".":
      position += 1
      output += flags.dotMatchesAll ? Self.anything : "[^\\n\\r\\u0085\\u2028\\u2029]"
    case "^":
      position += 1
      output += flags.isMultiline ? Self.lineStart : "(?:\\A)"
    case "$":
      position += 1
      output += flags.isMultiline ? Self.lineEnd : Self.end
    default:
      output += literal(units[position].scalar)
      position += 1
    }
    try quantifier()
  }

  static let anything = "[\\x{0}-\\x{10FFFF}]"
  private static let lineStart =
    "(?:(?!\\z)(?:\\A|(?<=[\\n\\u0085\\u2028\\u2029])|(?<=\\r)(?!\\n)))"
  private static let lineEnd = "(?:(?=[\\r\\u0085\\u2028\\u2029])|(?<!\\r)(?=\\n)|\\z)"
  /// The end, or before the line end that ends the text.
  private static let end =
    "(?:(?=\\r\\n\\z)|(?=[\\r\\u0085\\u2028\\u2029]\\z)|(?<!\\r)(?=\\n\\z)|\\z)"

  /// A letter that ignores case ignores that of ASCII alone.
  private func literal(_ scalar: Unicode.Scalar) -> String {
    if flags.ignoresCase, let other = Self.otherCase(scalar) {
      return "[\(Self.code(scalar))\(Self.code(other))]"
    }
    return Self.code(scalar)
  }

  static func code(_ scalar: Unicode.Scalar) -> String {
    "\\x{\(String(scalar.value, radix: 16))}"
  }

  static func otherCase(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "a"..."z", "A"..."Z": Unicode.Scalar(scalar.value ^ 0x20)
    default: nil
    }
  }

  private mutating func quantifier() throws(JavaPatternError) {
    switch meaning {
    case "*", "+", "?":
      output.unicodeScalars.append(units[position].scalar)
      position += 1
    case "{":
      var bounds = "{"
      position += 1
      while let scalar = meaning, scalar != "}" {
        bounds.unicodeScalars.append(scalar)
        position += 1
      }
      guard take("}"), Self.isRepetition(bounds.dropFirst()) else {
        throw refusal("has a { that is no repetition")
      }
      output += bounds + "}"
    default: return
    }
    if meaning == "?" || meaning == "+" {
      output.unicodeScalars.append(units[position].scalar)
      position += 1
    }
    if let next = meaning, ["*", "+", "?", "{"].contains(next) {
      throw refusal("repeats a repetition; put the inner one into (?:...)")
    }
  }

  /// `n`, `n,` or `n,m`.
  private static func isRepetition(_ bounds: Substring) -> Bool {
    let parts = bounds.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = parts.map { $0.allSatisfy(\.isASCII) ? Int($0) ?? -1 : -1 }
    guard let least = numbers.first, (0...1000).contains(least) else { return false }
    if numbers.count == 1 || parts[1].isEmpty { return true }
    return (least...1000).contains(numbers[1])
  }

  /// True when what was read can be repeated; a group of flags alone cannot.
  private mutating func group() throws(JavaPatternError) -> Bool {
    position += 1
    guard take("?") else {
      groupCount += 1
      try groupBody("(")
      return true
    }
    let opening = position
    for head in ["<=", "<!", ":", "=", "!", ">"] {
      if head.unicodeScalars.allSatisfy({ take($0) }) {
        try groupBody("(?\(head)")
        return true
      }
      position = opening
    }
    if take("<") {
      groupCount += 1
      try groupBody("(?<\(try groupName())>")
      return true
    }
    let outer = flags
    try readFlags()
    if take(")") { return false }
    guard take(":") else { throw unsupported("(?\(Self.shown(meaning))") }
    try groupBody("(?:")
    flags = outer
    return true
  }

  private mutating func groupBody(_ head: String) throws(JavaPatternError) {
    output += head
    try alternatives()
    guard take(")") else { throw refusal("has a ( without its )") }
    output += ")"
  }

  /// The name up to its `>`, which is passed.
  private mutating func groupName() throws(JavaPatternError) -> String {
    var name = ""
    while let scalar = meaning, scalar != ">" {
      guard scalar.isASCII, scalar.properties.isAlphabetic || "0"..."9" ~= scalar else { break }
      name.unicodeScalars.append(scalar)
      position += 1
    }
    guard take(">"), let first = name.unicodeScalars.first, first.properties.isAlphabetic else {
      throw refusal("has a group with an impossible name")
    }
    return name
  }

  private mutating func readFlags() throws(JavaPatternError) {
    var isOn = true
    while let scalar = meaning, scalar != ")", scalar != ":" {
      switch scalar {
      case "-": isOn = false
      case "i": flags.ignoresCase = isOn
      case "s": flags.dotMatchesAll = isOn
      case "m": flags.isMultiline = isOn
      default: throw unsupported("the flag (?\(scalar))")
      }
      position += 1
    }
  }

  static func shown(_ scalar: Unicode.Scalar?) -> String { scalar.map { String($0) } ?? "" }

  /// What begins with a backslash, outside of character classes.
  private mutating func escape() throws(JavaPatternError) {
    let start = position
    position += 1
    guard let scalar = meaning else { throw refusal("ends with a backslash") }
    if let set = try classEscape() {
      output += set
      return
    }
    if let scalar = try characterEscape() {
      output += literal(scalar)
      return
    }
    position = start + 2
    switch scalar {
    case "A", "z": output += "(?:\\\(scalar))"
    case "Z": output += Self.end
    case "R": output += "(?:\\r\\n|[\\n\\x{b}\\f\\r\\u0085\\u2028\\u2029])"
    case "b", "B":
      if meaning == "{" { throw unsupported("\\b{g}") }
      output += scalar == "b" ? Self.boundary : Self.noBoundary
    case "1"..."9": try backReference(Int(scalar.value) - 0x30)
    case "k":
      guard take("<") else { throw refusal("has a \\k without the name of a group") }
      output += "(?:\\k<\(try groupName())>)"
    default: throw unsupported("\\\(scalar)")
    }
  }

  /// Java takes more digits as long as there are so many groups.
  private mutating func backReference(_ first: Int) throws(JavaPatternError) {
    var number = first
    while let scalar = meaning, "0"..."9" ~= scalar {
      let longer = number * 10 + Int(scalar.value) - 0x30
      if longer > groupCount { break }
      number = longer
      position += 1
    }
    guard number <= groupCount else { throw unsupported("\\\(number) before its group") }
    if flags.ignoresCase { throw unsupported("\\\(number) under (?i)") }
    output += "(?:\\\(number))"
  }

  private static let base = "[\\p{L}\\p{Nd}]"
  private static let wordBefore = "(?:(?<=[_\\p{L}\\p{Nd}])|(?<=\(base)\\p{Mn}{1,32}))"
  private static let wordAfter =
    "(?:(?=[_\\p{L}\\p{Nd}])|(?<=\(base)\\p{Mn}{0,32})(?=\\p{Mn}))"
  private static let boundary =
    "(?:\(wordBefore)(?!\(wordAfter))|(?!\(wordBefore))\(wordAfter))"
  private static let noBoundary =
    "(?:\(wordBefore)\(wordAfter)|(?!\(wordBefore))(?!\(wordAfter)))"
}
