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
  /// tiktoken's o200k, also of Llama 4: words end before a capital too, and keep contractions.
  case gpt4o
  /// Llama 3's: as `gpt4`, but white space at the end of a text is cut after its last newline.
  case llama3
  /// Qwen 2's to 3's: as `llama3`, but numbers one by one.
  case qwen2
  /// Qwen 3.5's: as `qwen2`, but marks belong to words.
  case qwen35
  /// DeepSeek V3's: numbers in threes, kana and ideographs, and the rest, each split on its own.
  case deepseekV3
  /// Mistral's tekken: as `gpt4o`, but numbers one by one and no contractions.
  case tekken
  /// StarCoder's, also of SmolLM and Command R: as `gpt2`, but each number is split off first.
  case starcoder
  /// Words between white space, each with the space before it.
  case whitespace
  /// Numbers one by one, and what stands between them.
  case digits
  /// Numbers in threes, and what stands between them.
  case digits3
  /// SentencePiece's words: one begins with each space, or with U+2581, which stands for a space.
  case metaspace
  /// The whole text is one pre-token.
  case none
  /// Each match is a pre-token, and each stretch between matches; slower than the others.
  case expression(SplitExpression)
}

/// Names, as commands, pipeline files and files of word counts have them.
extension SplitPattern: SettingChoice {
  private static let expressionPrefix = "regex:"

  /// The patterns that have a name.
  package static let allCases: [SplitPattern] = [
    .gpt2, .gpt4, .gpt4o, .llama3, .qwen2, .qwen35, .deepseekV3, .tekken, .starcoder, .whitespace,
    .digits, .digits3, .metaspace, .none,
  ]

  package static var expectation: String {
    "one of: " + allCases.map(\.rawValue).joined(separator: ", ")
      + ", or \(expressionPrefix)EXPRESSION for a regular expression as tokenizer.json has them"
  }

  /// Its name, or `regex:` and the expression.
  package var rawValue: String {
    switch self {
    case .gpt2: "gpt2"
    case .gpt4: "gpt4"
    case .gpt4o: "gpt4o"
    case .llama3: "llama3"
    case .qwen2: "qwen2"
    case .qwen35: "qwen3.5"
    case .deepseekV3: "deepseek-v3"
    case .tekken: "tekken"
    case .starcoder: "starcoder"
    case .whitespace: "whitespace"
    case .digits: "digits"
    case .digits3: "digits3"
    case .metaspace: "metaspace"
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
        message:
          "\"\(SplitPatternError.shown(name))\" is no split pattern that is known here: it must be "
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

  /// So much of an expression as a message can hold.
  static func shown(_ source: String) -> String {
    let head = source.unicodeScalars.prefix(200)
    return head.endIndex == source.endIndex ? source : String(head) + "..."
  }
}
