/// Rewrites a regular expression of Oniguruma, as a `tokenizer.json` has them, for ICU.
///
/// Source: Oniguruma 6.9's doc/RE with its own syntax, all classes being Unicode's; what ICU cannot do
/// alike is refused by name.
struct ExpressionTranslator {
  let source: String
  let units: [Unicode.Scalar]
  var position = 0
  private var ignoresCase = false
  private var dotMatchesAll = false
  private var depth = 0
  /// The letter of ASCII just written that ignores case, in lower case; nil after anything else.
  private var letterBefore: Unicode.Scalar?

  private static let maximumDepth = 100
  private static let maximumRepetition = 100_000

  static func translate(_ source: String) throws(SplitPatternError) -> String {
    var translator = ExpressionTranslator(source)
    let expression = try translator.alternatives()
    if translator.position < translator.units.count {
      throw translator.refusal("has a ) without its (")
    }
    return expression
  }

  private init(_ source: String) {
    self.source = source
    units = Array(source.unicodeScalars)
  }

  func refusal(_ problem: String) -> SplitPatternError {
    SplitPatternError(
      message: "the regular expression \(SplitPatternError.shown(source)) \(problem)")
  }

  func unsupported(_ construct: String) -> SplitPatternError {
    refusal("has \(construct), which cannot be kept here")
  }

  var next: Unicode.Scalar? { position < units.count ? units[position] : nil }

  mutating func take(_ wanted: String) -> Bool {
    let wanted = wanted.unicodeScalars
    guard units[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  private mutating func alternatives() throws(SplitPatternError) -> String {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.maximumDepth { throw refusal("is nested too deep") }
    var output = ""
    while let scalar = next, scalar != ")" {
      if scalar == "|" {
        position += 1
        output += "|"
        letterBefore = nil
        continue
      }
      if let (atom, isRepeatable) = try atom() {
        output += isRepeatable ? try quantified(atom) : atom
      }
    }
    return output
  }

  /// What can be repeated; nil for a comment, and not repeatable what opens the rest of its group.
  private mutating func atom() throws(SplitPatternError) -> (String, Bool)? {
    guard let scalar = next else { return nil }
    if scalar == "(" { return try group() }
    let before = letterBefore
    letterBefore = nil
    if scalar == "[" {
      position += 1
      return (Self.folding(try characterClass(), ignoresCase), true)
    }
    position += 1
    switch scalar {
    case ".": return (dotMatchesAll ? "[\\s\\S]" : "[^\\n]", true)
    case "^": return ("(?:\\A|(?<=\\n)(?=[\\s\\S]))", true)
    case "$": return ("(?:(?=\\n)|\\z)", true)
    case "*", "+", "?": throw refusal("repeats nothing")
    case "\\": return try escape(before)
    default: return (try literal(scalar, after: before), true)
    }
  }

  private mutating func escape(
    _ before: Unicode.Scalar?
  ) throws(SplitPatternError) -> (String, Bool)? {
    guard let scalar = next else { throw refusal("ends with a backslash") }
    // Case is not ignored here, as it is inside brackets.
    if let set = try classEscape(word: ExpressionClasses.loneWord) { return ("[\(set)]", true) }
    if let scalar = try characterEscape() { return (try literal(scalar, after: before), true) }
    position += 1
    let word = ExpressionClasses.loneWord
    switch scalar {
    case "A", "z": return ("\\\(scalar)", true)
    case "Z": return ("(?=\\n?\\z)", true)
    case "R": return ("(?>\\r\\n|[\\n-\\r\\u0085\\u2028\\u2029])", true)
    case "N": return ("[^\\n]", true)
    case "O": return ("[\\s\\S]", true)
    case "b": return ("(?:(?<=[\(word)])(?![\(word)])|(?<![\(word)])(?=[\(word)]))", true)
    case "B": return ("(?:(?<=[\(word)])(?=[\(word)])|(?<![\(word)])(?![\(word)]))", true)
    default: throw unsupported("\\\(scalar)")
    }
  }

  /// A scalar; where case is ignored, one of those that fold alike.
  private mutating func literal(
    _ scalar: Unicode.Scalar, after before: Unicode.Scalar?
  ) throws(SplitPatternError) -> String {
    guard ignoresCase else { return Self.code(scalar) }
    if scalar.properties.lowercaseMapping.unicodeScalars.count > 1
      || scalar.properties.uppercaseMapping.unicodeScalars.count > 1
    {
      throw unsupported("\(scalar) under (?i)")
    }
    let lower = Unicode.Scalar(scalar.properties.lowercaseMapping) ?? scalar
    letterBefore = lower
    // Oniguruma takes one scalar for two letters: ß for ss, ligatures for others.
    if let before, ["ss", "ff", "fi", "fl", "st"].contains("\(before)\(lower)") {
      throw unsupported("\(before)\(lower) under (?i)")
    }
    return "(?i:\(Self.code(scalar)))"
  }

  private static func folding(_ set: String, _ ignoresCase: Bool) -> String {
    ignoresCase ? "(?i:\(set))" : set
  }

  static func code(_ scalar: Unicode.Scalar) -> String {
    "\\x{\(String(scalar.value, radix: 16))}"
  }

  // MARK: groups

  private mutating func group() throws(SplitPatternError) -> (String, Bool)? {
    position += 1
    letterBefore = nil
    defer { letterBefore = nil }
    if take("?#") {
      while let scalar = next, scalar != ")" {
        position = min(units.count, position + (scalar == "\\" ? 2 : 1))
      }
      guard take(")") else { throw refusal("has a ( without its )") }
      return nil
    }
    if next == "*" { throw unsupported("(*") }
    guard take("?") else { return (try body("(?:"), true) }
    for head in ["<=", "<!", ":", "=", "!", ">"] where take(head) {
      return (try body("(?\(head)"), true)
    }
    if take("<") || take("'") {
      while let scalar = next, scalar != ">", scalar != "'" { position += 1 }
      guard next != nil else { throw refusal("has a group's name without its end") }
      position += 1
      return (try body("(?:"), true)
    }
    let (outerCase, outerDot) = (ignoresCase, dotMatchesAll)
    try readOptions()
    defer { (ignoresCase, dotMatchesAll) = (outerCase, outerDot) }
    if take(":") { return (try body("(?:"), true) }
    guard take(")") else { throw unsupported("(?\(next.map { String($0) } ?? "")") }
    // Options by themselves hold to the end of the group, alternatives included.
    return ("(?:\(try alternatives()))", false)
  }

  private mutating func body(_ head: String) throws(SplitPatternError) -> String {
    let body = try alternatives()
    guard take(")") else { throw refusal("has a ( without its )") }
    return head + body + ")"
  }

  private mutating func readOptions() throws(SplitPatternError) {
    var isOn = true
    while let scalar = next, scalar != ")", scalar != ":" {
      switch scalar {
      case "-": isOn = false
      case "i": ignoresCase = isOn
      case "m": dotMatchesAll = isOn
      default: throw unsupported("(?\(scalar)")
      }
      position += 1
    }
  }

  // MARK: repetitions

  private mutating func quantified(_ atom: String) throws(SplitPatternError) -> String {
    var output = atom
    while let (bounds, isInterval) = try bounds() {
      letterBefore = nil
      // A second quantifier repeats what the first has made; so does a + behind an interval.
      if output != atom { output = "(?:\(output))" }
      output += bounds
      if take("?") {
        if isInterval, !bounds.contains(",") { throw unsupported("\(bounds)?") }
        output += "?"
      } else if !isInterval, take("+") {
        output += "+"
      }
    }
    return output
  }

  private mutating func bounds() throws(SplitPatternError) -> (String, isInterval: Bool)? {
    guard let scalar = next else { return nil }
    if ["*", "+", "?"].contains(scalar) {
      position += 1
      return (String(scalar), false)
    }
    guard scalar == "{", let end = units[position...].firstIndex(of: "}") else { return nil }
    let inner = String(String.UnicodeScalarView(units[position + 1..<end]))
    let parts = inner.split(separator: ",", omittingEmptySubsequences: false)
    let isInterval =
      (1...2).contains(parts.count) && inner != "," && !inner.isEmpty
      && parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    // Anything else between braces is what it looks like.
    if !isInterval { return nil }
    let least = parts[0].isEmpty ? 0 : Int(parts[0]) ?? Int.max
    let most = parts.count == 1 ? least : parts[1].isEmpty ? nil : Int(parts[1]) ?? Int.max
    if max(least, most ?? 0) > Self.maximumRepetition || least > most ?? least {
      throw unsupported("{\(inner)}")
    }
    position = end + 1
    if parts.count == 1 { return ("{\(least)}", true) }
    return (most.map { "{\(least),\($0)}" } ?? "{\(least),}", true)
  }
}
