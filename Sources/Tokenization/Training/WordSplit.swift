internal import TextAnalysis

/// How text is cut into the words that merges stay within, as count files name it.
package enum WordSplit: Sendable, Hashable {
  /// By a split pattern: words are bytes.
  case pattern(SplitPattern)
  /// As SentencePiece does: words are characters, with U+2581 for the space before them.
  case pieces(PieceSplit)

  package var name: String {
    switch self {
    case .pattern(let pattern): pattern.rawValue
    case .pieces(let split): split.name
    }
  }

  package init(named name: String) throws(SplitPatternError) {
    if let split = PieceSplit(named: name) {
      self = .pieces(split)
    } else {
      self = .pattern(try SplitPattern(named: name))
    }
  }
}
