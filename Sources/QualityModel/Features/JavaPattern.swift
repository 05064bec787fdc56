internal import TextAnalysis

/// A regular expression in Java's dialect, as Spark's RegexTokenizer takes it.
///
/// Without flags Java's `\w`, `\s` and `\d` are ASCII. `\b` is that of JDK 8 to 17, where letters of
/// every script make words; from JDK 19 on it is ASCII too.
package struct JavaPattern: Sendable, Hashable {
  /// How matches are found.
  enum Search: Sendable, Hashable {
    /// Matches are single characters of a class of ASCII, or runs of them.
    case characters(ASCIIClass, isRun: Bool)
    /// Matches are ICU's.
    case expression(String)
  }

  /// The pattern as it was given.
  package let source: String
  let search: Search

  /// One character of white space, which Spark's Tokenizer splits at.
  static let space = JavaPattern(source: "\\s", search: .characters(.space, isRun: false))

  private init(source: String, search: Search) {
    self.source = source
    self.search = search
  }

  /// Refuses what is no pattern, and what ICU cannot do as Java does it.
  package init(_ source: String) throws(JavaPatternError) {
    self.source = source
    if let search = Self.simpleSearches[source] {
      self.search = search
      return
    }
    var translator = JavaPatternTranslator(source)
    let expression = try translator.translate()
    do {
      _ = try RegularExpression(expression)
    } catch {
      throw JavaPatternError(pattern: source, problem: "is not understood (\(error.reason))")
    }
    search = .expression(expression)
  }

  private static let simpleSearches: [String: Search] = [
    "\\s": .characters(.space, isRun: false), "\\s+": .characters(.space, isRun: true),
    "\\S": .characters(.solid, isRun: false), "\\S+": .characters(.solid, isRun: true),
    "\\w": .characters(.word, isRun: false), "\\w+": .characters(.word, isRun: true),
    "\\W": .characters(.sign, isRun: false), "\\W+": .characters(.sign, isRun: true),
    " ": .characters(.blank, isRun: false), " +": .characters(.blank, isRun: true),
  ]
}

extension JavaPattern: Codable {
  package init(from decoder: any Decoder) throws {
    try self.init(try decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    try value.encode(source)
  }
}

/// A pattern that is wrong, or means in Java what cannot be done here.
package struct JavaPatternError: Error, Sendable, Equatable, CustomStringConvertible {
  package let pattern: String
  /// Goes on after the pattern: "has \X, ...".
  package let problem: String

  package var description: String { "the pattern '\(pattern)' \(problem)" }
}

/// The characters that a simple pattern matches; all but `solid` and `sign` are ASCII alone.
enum ASCIIClass: Sendable, Hashable {
  /// Java's `\s`: space, tab, line feed, vertical tab, form feed, carriage return.
  case space
  /// Java's `\S`.
  case solid
  /// Java's `\w`: letters and digits of ASCII, and the underscore.
  case word
  /// Java's `\W`.
  case sign
  /// The space alone.
  case blank

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    switch self {
    case .space: Self.isSpace(byte)
    case .solid: !Self.isSpace(byte)
    case .word: Self.isWord(byte)
    case .sign: !Self.isWord(byte)
    case .blank: byte == 0x20
    }
  }

  @inline(__always)
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }

  @inline(__always)
  private static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F
  }
}
