internal import TextAnalysis

/// How text is cut into pre-tokens before merging.
///
/// Letters, numbers and white space are Unicode 16's `L`, `N` and `White_Space`, as in tiktoken 0.14
/// and Hugging Face tokenizers 0.23.
package enum SplitPattern: Sendable, Hashable {
  /// tiktoken's r50k and p50k: an optional space, then letters, numbers or other characters.
  case gpt2
  /// tiktoken's present cl100k: numbers in threes, newlines kept with what ends before them.
  case gpt4
  /// Llama 3's: as `gpt4`, but white space at the end of a text is cut after its last newline.
  case llama3
  /// The whole text is one pre-token.
  case none
  /// Each match is a pre-token, and each stretch between matches; slower than the others.
  case expression(SplitExpression)

  /// The pattern as a regular expression in Oniguruma's dialect, as a `tokenizer.json` states it;
  /// nil when nothing is split.
  ///
  /// Written without possessive quantifiers, `$` and `\z`, which mean different things to the
  /// engines that read these files; `(?![\s\S])` is the end of the text in all of them.
  package var regularExpression: String? {
    switch self {
    case .gpt2:
      #"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
    case .gpt4:
      #"'(?:[sSdDmMtTſ]|[lL][lL]|[vV][eE]|[rR][eE])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"#
        + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s+(?![\s\S])|\s*[\r\n]+|\s+(?!\S)|\s+"#
    case .llama3:
      #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"#
        + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    case .expression(let expression): expression.source
    case .none: nil
    }
  }
}

/// Names, as commands, pipeline files and files of word counts have them.
extension SplitPattern: SettingChoice {
  private static let expressionPrefix = "regex:"

  /// The patterns that have a name.
  package static let allCases: [SplitPattern] = [.gpt2, .gpt4, .llama3, .none]

  package static var expectation: String {
    "one of: " + allCases.map(\.rawValue).joined(separator: ", ")
      + ", or \(expressionPrefix)EXPRESSION for a regular expression as tokenizer.json has them"
  }

  /// Its name, or `regex:` and the expression.
  package var rawValue: String {
    switch self {
    case .gpt2: "gpt2"
    case .gpt4: "gpt4"
    case .llama3: "llama3"
    case .none: "none"
    case .expression(let expression): Self.expressionPrefix + expression.source
    }
  }

  /// Nil where `init(named:)` tells what is wrong.
  package init?(rawValue: String) {
    do {
      try self.init(named: rawValue)
    } catch {
      return nil
    }
  }

  /// Refuses a name that is not known, saying which are, and an expression that cannot be compiled.
  package init(named name: String) throws(SplitPatternError) {
    if let known = Self.allCases.first(where: { $0.rawValue == name }) {
      self = known
    } else if name.hasPrefix(Self.expressionPrefix) {
      self = .expression(try SplitExpression(String(name.dropFirst(Self.expressionPrefix.count))))
    } else {
      throw SplitPatternError(
        message: "\"\(name)\" is no split pattern that is known here: it must be "
          + Self.expectation)
    }
  }
}

// What a type with raw values would get by itself compares strings by canonical equivalence.
extension SplitPattern {
  package static func == (a: SplitPattern, b: SplitPattern) -> Bool {
    a.rawValue.utf8.elementsEqual(b.rawValue.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    for byte in rawValue.utf8 { hasher.combine(byte) }
  }
}

/// What does not say how to split.
package struct SplitPatternError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong and what would be right.
  package let message: String

  package var description: String { message }
}
