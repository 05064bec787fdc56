/// Cuts texts into pre-tokens as a split pattern says.
package struct PreTokenizer: Sendable, Equatable {
  package let pattern: SplitPattern

  package init(_ pattern: SplitPattern) {
    self.pattern = pattern
  }

  /// Where each pre-token of a valid UTF-8 text ends, in order; the last is the end of the text.
  package func ends(of text: Span<UInt8>) -> [Int] {
    PieceEnds.ends(of: text, pattern)
  }
}
