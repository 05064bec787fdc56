/// The inner of sets in ICU's dialect, with what Unicode 15.1 and 16 added to the tables of ICU 72.
///
/// Oniguruma in Hugging Face's tokenizers 0.23 has the tables of Unicode 16.
enum ExpressionClasses {
  static let whitespace = #"\p{White_Space}"#
  /// `\w` inside a class.
  static let word = binary("Alphabetic") + category("M") + category("Nd") + category("Pc")
  /// `\w` by itself: here Oniguruma takes six numbers of Latin 1 for parts of words.
  static let loneWord = word + #"\x{b2}\x{b3}\x{b9}\x{bc}-\x{be}"#

  /// A general category by its short name, such as L or Lu.
  static func category(_ name: String) -> String {
    if name == "C" || name == "Cn" {
      let assigned = ScalarAdditions.ranges.filter { $0.name.utf8.count == 2 }
      return "[\\p{\(name)}-[\(assigned.map { code($0.ranges) }.joined())]]"
    }
    // The one scalar that has changed from one of these to the other since Unicode 15.
    if name == "Mn" { return "[\\p{Mn}-[\\x{1171e}]]" + additions("Mn") }
    if name == "Mc" { return "\\p{Mc}\\x{1171e}" + additions("Mc") }
    let added = ScalarAdditions.ranges.filter {
      $0.name == name
        || ($0.name.utf8.count == 2 && name.utf8.count == 1 && $0.name.hasPrefix(name))
    }
    return "\\p{\(name)}" + added.map { code($0.ranges) }.joined()
  }

  private static func binary(_ name: String) -> String {
    // Letters above others became alphabetic with Unicode 16.
    let changed = name == "Alphabetic" ? #"\x{363}-\x{36f}\x{1dd3}-\x{1de6}"# : ""
    return "\\p{\(name)}" + changed + additions(name)
  }

  private static func additions(_ name: String) -> String {
    ScalarAdditions.ranges.filter { $0.name == name }.map { code($0.ranges) }.joined()
  }

  private static func code(_ ranges: [UInt32]) -> String {
    stride(from: 0, to: ranges.count, by: 2).map {
      "\\x{\(String(ranges[$0], radix: 16))}-\\x{\(String(ranges[$0 + 1], radix: 16))}"
    }.joined()
  }

  /// What `\p{name}` is; nil when it is not known here.
  static func property(_ name: String) -> String? {
    let key = String(name.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" })
    if let short = categories[key] { return category(short) }
    if scripts.contains(key) { return "\\p{Script=\(key)}" }
    switch key {
    case "any": return #"\x{0}-\x{10FFFF}"#
    case "assigned": return "[^\(category("Cn"))]"
    // CJK Unified Ideographs Extension I came with Unicode 15.1.
    case "han": return #"\p{Script=Han}\x{2ebf0}-\x{2ee5d}"#
    case "alphabetic": return binary("Alphabetic")
    case "uppercase": return binary("Uppercase")
    case "lowercase": return binary("Lowercase")
    case "whitespace": return whitespace
    case "punct": return category("P")
    default: return bracket(key)
    }
  }

  /// What `[:name:]` is; nil when it is not known here.
  static func bracket(_ name: String) -> String? {
    switch name {
    case "alpha": binary("Alphabetic")
    case "alnum": binary("Alphabetic") + category("Nd")
    case "upper": binary("Uppercase")
    case "lower": binary("Lowercase")
    case "digit": category("Nd")
    case "space": whitespace
    case "cntrl": category("Cc")
    case "punct": category("P") + category("S")
    case "xdigit": "0-9A-Fa-f"
    case "word": word
    case "ascii": #"\x{0}-\x{7f}"#
    default: nil
    }
  }

  /// Those that nothing was added to since Unicode 15.
  private static let scripts: Set<String> = [
    "hiragana", "katakana", "hangul", "thai", "lao", "khmer", "hebrew", "greek", "armenian",
    "georgian", "devanagari", "bengali", "tamil", "telugu", "malayalam", "gujarati", "sinhala",
    "ethiopic", "bopomofo", "tibetan", "mongolian",
  ]

  private static let categories: [String: String] = {
    var names: [String: String] = [
      "letter": "L", "uppercaseletter": "Lu", "lowercaseletter": "Ll", "titlecaseletter": "Lt",
      "modifierletter": "Lm", "otherletter": "Lo", "mark": "M", "nonspacingmark": "Mn",
      "spacingmark": "Mc", "enclosingmark": "Me", "number": "N", "decimalnumber": "Nd",
      "letternumber": "Nl", "othernumber": "No", "punctuation": "P",
      "connectorpunctuation": "Pc", "dashpunctuation": "Pd", "openpunctuation": "Ps",
      "closepunctuation": "Pe", "initialpunctuation": "Pi", "finalpunctuation": "Pf",
      "otherpunctuation": "Po", "symbol": "S", "mathsymbol": "Sm", "currencysymbol": "Sc",
      "modifiersymbol": "Sk", "othersymbol": "So", "separator": "Z", "spaceseparator": "Zs",
      "lineseparator": "Zl", "paragraphseparator": "Zp", "other": "C", "control": "Cc",
      "format": "Cf", "privateuse": "Co", "unassigned": "Cn",
    ]
    for short in Set(names.values) { names[short.lowercased()] = short }
    return names
  }()
}
