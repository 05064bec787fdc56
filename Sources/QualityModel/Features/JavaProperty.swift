/// The properties of Java's regular expressions, as the content of a set of ICU's.
///
/// Source: the documentation of `java.util.regex.Pattern` (JDK 17), "Unicode support". Those of POSIX
/// are ASCII alone. ICU 72 knows Unicode 15, JDK 17 Unicode 13: characters younger than that are
/// unassigned for the one and not for the other.
enum JavaProperty {
  /// Nil when Java does not know the name, or it is one of Java's own methods.
  static func set(_ name: String) -> String? {
    if let set = posix[name] { return set }
    if categories.contains(name) { return category(name) }
    if name == "L1" { return "\\x{0}-\\x{ff}" }
    if name == "all" { return "\\x{0}-\\x{10ffff}" }
    if let equals = name.firstIndex(of: "=") {
      return pair(name[..<equals].lowercased(), String(name[name.index(after: equals)...]))
    }
    if name.hasPrefix("In") { return value("blk", String(name.dropFirst(2))) }
    guard name.hasPrefix("Is") else { return nil }
    let rest = String(name.dropFirst(2))
    if let set = binary[rest.uppercased()] { return set }
    if categories.contains(rest) { return category(rest) }
    return value("sc", rest)
  }

  /// The properties that mean something else where case is ignored.
  static let dependOnCase: Set<String> = [
    "Lower", "Upper", "Lu", "Ll", "Lt", "IsLu", "IsLl", "IsLt", "IsLowercase", "IsUppercase",
    "IsTitlecase",
  ]

  private static func pair(_ key: String, _ name: String) -> String? {
    switch key {
    case "gc", "general_category": categories.contains(name) ? category(name) : nil
    case "sc", "script": value("sc", name)
    case "blk", "block": value("blk", name)
    default: nil
    }
  }

  private static func category(_ name: String) -> String {
    name == "LD" ? "\\p{L}\\p{Nd}" : "\\p{gc=\(name)}"
  }

  /// ICU refuses values that it does not know when the pattern is compiled.
  private static func value(_ key: String, _ name: String) -> String? {
    let isPlain = name.utf8.allSatisfy { ASCIIClass.word.contains($0) || $0 == 0x20 || $0 == 0x2D }
    return isPlain && !name.isEmpty ? "\\p{\(key)=\(name)}" : nil
  }

  private static let categories: Set<String> = [
    "C", "Cc", "Cf", "Cn", "Co", "Cs", "L", "LC", "LD", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc",
    "Me", "Mn", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc",
    "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs",
  ]

  private static let posix = [
    "Lower": "a-z", "Upper": "A-Z", "ASCII": "\\x{0}-\\x{7f}", "Alpha": "a-zA-Z", "Digit": "0-9",
    "Alnum": "a-zA-Z0-9", "Punct": "\\x{21}-\\x{2f}\\x{3a}-\\x{40}\\x{5b}-\\x{60}\\x{7b}-\\x{7e}",
    "Graph": "\\x{21}-\\x{7e}", "Print": "\\x{20}-\\x{7e}", "Blank": " \\t",
    "Cntrl": "\\x{0}-\\x{1f}\\x{7f}", "XDigit": "0-9a-fA-F", "Space": " \\t\\n\\x{b}\\f\\r",
  ]

  private static let binary = [
    "ALPHABETIC": "\\p{Alphabetic}", "LETTER": "\\p{L}", "IDEOGRAPHIC": "\\p{Ideographic}",
    "LOWERCASE": "\\p{Lowercase}", "UPPERCASE": "\\p{Uppercase}", "TITLECASE": "\\p{gc=Lt}",
    "WHITE_SPACE": "\\p{White_Space}", "CONTROL": "\\p{gc=Cc}", "PUNCTUATION": "\\p{gc=P}",
    "DIGIT": "\\p{gc=Nd}", "NONCHARACTER_CODE_POINT": "\\p{Noncharacter_Code_Point}",
    "ASSIGNED": "\\P{gc=Cn}", "JOIN_CONTROL": "\\x{200c}\\x{200d}",
    "HEX_DIGIT": "\\p{Nd}\\x{41}-\\x{46}\\x{61}-\\x{66}\\x{ff21}-\\x{ff26}\\x{ff41}-\\x{ff46}",
  ]
}
