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
}
