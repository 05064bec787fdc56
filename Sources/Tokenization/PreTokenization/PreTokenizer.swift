/// Cuts texts into pre-tokens, step by step: each step cuts the pieces that the one before has left.
///
/// The steps are those of Hugging Face's tokenizers 0.23, by whose files they are named.
package struct PreTokenizer: Sendable, Hashable {
  /// What becomes of the matches of a step among the pieces.
  package enum Behavior: String, Sendable, Hashable, CaseIterable {
    case removed = "Removed"
    case isolated = "Isolated"
    case mergedWithPrevious = "MergedWithPrevious"
    case mergedWithNext = "MergedWithNext"
    case contiguous = "Contiguous"
  }

  /// What a `split` looks for.
  package enum Pattern: Sendable, Hashable {
    case expression(SplitExpression)
    case string(String)
  }

  /// Where `metaspace` puts its sign before a text that does not begin with it.
  package enum Prepending: String, Sendable, Hashable, CaseIterable {
    case always, first, never
  }

  package enum Step: Sendable, Hashable {
    case split(Pattern, Behavior, isInverted: Bool)
    /// What comes after it sees bytes as the scalars of `ByteAlphabet`.
    case byteLevel(addsPrefixSpace: Bool, splits: Bool, trimsOffsets: Bool)
    case digits(areIndividual: Bool)
    case punctuation(Behavior)
    case whitespace
    case whitespaceSplit
    case bert
    case delimiter(Unicode.Scalar)
    case metaspace(replacement: Unicode.Scalar, Prepending, splits: Bool)
    case fixedLength(Int)
  }

  package let steps: [Step]

  package init(_ steps: [Step]) {
    self.steps = steps
  }

  /// The steps of a byte-level tokenizer that splits by a pattern.
  package init(_ pattern: SplitPattern) {
    let bytes = Step.byteLevel(
      addsPrefixSpace: false, splits: pattern == .gpt2, trimsOffsets: true)
    // What ByteLevel splits by itself is the gpt2 pattern.
    guard pattern != .gpt2, let expression = pattern.splitExpression else {
      self.init([bytes])
      return
    }
    self.init([.split(.expression(expression), .isolated, isInverted: false), bytes])
  }

  /// The pattern that does the same to the bytes of a text as all steps together; nil when there is
  /// none.
  package var pattern: SplitPattern? {
    guard case .byteLevel(false, let splits, _) = steps.last else { return nil }
    if steps.count == 1 { return splits ? .gpt2 : SplitPattern.none }
    guard steps.count == 2, !splits,
      case .split(.expression(let expression), let behavior, let isInverted) = steps[0]
    else { return nil }
    let known = SplitPattern.known(by: expression.source)
    switch (behavior, isInverted) {
    case (.isolated, _): return known ?? .expression(expression)
    // Of the known patterns every character is part of a match.
    case (.removed, true): return known
    default: return nil
    }
  }
}

extension SplitPattern {
  /// What a `tokenizer.json` splits by; nil when nothing is split.
  fileprivate var splitExpression: SplitExpression? {
    regularExpression.flatMap { try? SplitExpression($0) }
  }

  /// The named pattern that an expression of a `tokenizer.json` is; nil when it is another.
  fileprivate static func known(by expression: String) -> SplitPattern? {
    let others: [(String, SplitPattern)] = [
      (#"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#, .gpt2)
    ]
    let named = allCases.compactMap { pattern in
      pattern.regularExpression.map { ($0, pattern) }
    }
    // Strings are compared as bytes: canonically equal ones may split otherwise.
    return (named + others).first { $0.0.utf8.elementsEqual(expression.utf8) }?.1
  }
}
