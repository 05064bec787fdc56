/// Patterns as regular expressions in Oniguruma's dialect, as a `tokenizer.json` states them.
///
/// What we write is without possessive quantifiers, `$` and `\z`, which mean different things to the
/// engines that read these files; `(?![\s\S])` is the end of the text in all of them. What we
/// recognise is each spelling of an alternative that cuts alike: a quantifier may be possessive where
/// nothing could be given back, but not `{1,3}+`, which Oniguruma takes for a repeated group.
/// Sources: tiktoken's openai_public.py, the files that Meta, Alibaba, DeepSeek and Mistral publish.
enum SplitSpelling {
  /// The expressions that we write, each splitting what the one before leaves; none for a pattern
  /// that is said without.
  static func expressions(of pattern: SplitPattern) -> [String] {
    pattern == .deepseekV3 ? deepseekV3 : Array(all(of: pattern).prefix(1))
  }

  /// Every spelling of a pattern that one expression is, the one that we write first.
  static func all(of pattern: SplitPattern) -> [String] {
    switch pattern {
    case .gpt2: product([plainContraction, spacedLetters, spacedNumbers, spacedOthers, tail, last])
    case .gpt4:
      product([
        [#"'(?:[sSdDmMtTſ]|[lL][lL]|[vV][eE]|[rR][eE])"#] + contraction, letters, threeNumbers,
        punctuation, [#"\s+(?![\s\S])"#], newlines, tail, last,
      ])
    case .llama3:
      product([contraction, letters, threeNumbers, punctuation, newlines, tail, last])
    case .qwen2: product([contraction, letters, oneNumber, punctuation, newlines, tail, last])
    case .qwen35:
      product([
        contraction, [#"[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+"#], oneNumber,
        [#" ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*"#], newlines, tail, last,
      ])
    case .gpt4o:
      product([
        [#"\#(lowered)(?i:'s|'t|'re|'ve|'m|'ll|'d)?"#],
        [#"\#(capitals)(?i:'s|'t|'re|'ve|'m|'ll|'d)?"#],
        threeNumbers, slashes, newlines, tail, last,
      ])
    case .tekken: product([[lowered], [capitals], oneNumber, slashes, newlines, tail, last])
    case .whitespace: [#" ?\S+|\s+(?!\S)|\s+"#]
    case .digits3: [#"\p{N}{1,3}"#]
    case .metaspace: ["[ \u{2581}][^ \u{2581}]*|[^ \u{2581}]+"]
    case .digits, .starcoder, .deepseekV3, .none, .expression: []
    }
  }

  private static let plainContraction = [
    #"'(?:[sdmt]|ll|ve|re)"#, #"'s|'t|'re|'ve|'m|'ll|'d"#,
  ]
  private static let spacedLetters = [#" ?\p{L}+"#, #" ?\p{L}++"#, #" ?[\p{L}]+"#]
  private static let spacedNumbers = [#" ?\p{N}+"#, #" ?\p{N}++"#, #" ?[\p{N}]+"#]
  private static let spacedOthers = [#" ?[^\s\p{L}\p{N}]+"#, #" ?[^\s\p{L}\p{N}]++"#]
  private static let contraction = [
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)"#, #"'(?i:[sdmt]|ll|ve|re)"#,
  ]
  private static let letters = [
    #"[^\r\n\p{L}\p{N}]?\p{L}+"#, #"[^\r\n\p{L}\p{N}]?+\p{L}+"#, #"[^\r\n\p{L}\p{N}]?+\p{L}++"#,
  ]
  private static let threeNumbers = [#"\p{N}{1,3}"#]
  private static let oneNumber = [#"\p{N}"#]
  private static let punctuation = [
    #" ?[^\s\p{L}\p{N}]+[\r\n]*"#, #" ?[^\s\p{L}\p{N}]++[\r\n]*"#, #" ?[^\s\p{L}\p{N}]++[\r\n]*+"#,
  ]
  private static let slashes = [#" ?[^\s\p{L}\p{N}]+[\r\n/]*"#]
  private static let newlines = [#"\s*[\r\n]+"#, #"\s*[\r\n]"#]
  private static let tail = [#"\s+(?!\S)"#]
  /// What comes here is one scalar of white space however it is said.
  private static let last = [#"\s+"#, #"\s"#]
  private static let lowered =
    #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"#
  private static let capitals =
    #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"#

  private static let deepseekV3 = [
    #"\p{N}{1,3}"#, "[一-龥\u{3040}-ゟ゠-ヿ]+",
    ##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"##
      + #"| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#,
  ]

  /// One of each list, in order, joined as alternatives; of the first of each list first.
  private static func product(_ lists: [[String]]) -> [String] {
    var joined = [""]
    for list in lists {
      joined = joined.flatMap { head in list.map { head.isEmpty ? $0 : "\(head)|\($0)" } }
    }
    return joined
  }
}
