import Tokenization

/// Texts split by the regular expressions that were published, or that define our own patterns.
enum ReferenceSplitter {
  /// Each expression splits what the one before has left; matches and the stretches between are
  /// pieces.
  private static let expressions: [SplitPattern: [ReferenceExpression]] = [
    // tiktoken 0.14
    .gpt2: make(
      #"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"#),
    .gpt4: make(
      #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"#
        + #"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"#),
    .gpt4o: make(
      #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"#
        + #"(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"#
        + #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"#
        + #"(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+"#
        + #"|\s+(?!\S)|\s+"#),
    // tokenizer.json of the models
    .llama3: make(
      #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"#
        + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#),
    .qwen2: make(
      #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"#
        + #"|\s*[\r\n]+|\s+(?!\S)|\s+"#),
    .qwen35: make(
      #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}"#
        + #"| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#),
    .deepseekV3: make(
      #"\p{N}{1,3}"#, "[\u{4E00}-\u{9FA5}\u{3040}-\u{309F}\u{30A0}-\u{30FF}]+",
      ##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"##
        + #"| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#),
    .tekken: make(
      #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|"#
        + #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|"#
        + #"\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#),
    .starcoder: make(
      #"\p{N}"#,
      #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#),
    // our own
    .whitespace: make(#" ?\S+|\s+(?!\S)|\s+"#), .digits: make(#"\p{N}"#),
    .digits3: make(#"\p{N}{1,3}"#),
    .metaspace: make("[ \u{2581}][^ \u{2581}]*"), .none: [],
  ]

  private static func make(_ patterns: String...) -> [ReferenceExpression] {
    patterns.map { ReferenceExpression($0) }
  }

  static func ends(of text: String, _ pattern: SplitPattern) -> [Int] {
    let scalars = Array(text.unicodeScalars)
    var cuts = scalars.isEmpty ? [] : [0, scalars.count]
    for expression in expressions[pattern] ?? [] {
      cuts = zip(cuts, cuts.dropFirst()).flatMap { start, end in
        Self.cuts(Array(scalars[start..<end]), expression).map { $0 + start }
      }
      if !scalars.isEmpty { cuts.append(scalars.count) }
    }
    var byteCounts = [0]
    for scalar in scalars { byteCounts.append((byteCounts.last ?? 0) + UTF8.width(scalar)) }
    return cuts.dropFirst().map { byteCounts[$0] }
  }

  /// Where matches begin, and what is between them.
  private static func cuts(_ text: [Unicode.Scalar], _ expression: ReferenceExpression) -> [Int] {
    var cuts: [Int] = []
    var start = 0
    var isBetween = false
    while start < text.count {
      if let end = expression.match(text, from: start), end > start {
        cuts.append(start)
        start = end
        isBetween = false
      } else {
        if !isBetween { cuts.append(start) }
        isBetween = true
        start += 1
      }
    }
    return cuts
  }
}
