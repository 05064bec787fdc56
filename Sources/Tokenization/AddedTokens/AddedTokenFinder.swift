internal import TextAnalysis

/// Parts a text at the added tokens in it, as Hugging Face's tokenizers 0.23 do.
struct AddedTokenFinder: Sendable {
  private let tokens: [AddedToken]
  private let automaton: PhraseAutomaton
  /// Whether there is something to find where special tokens are ordinary text.
  let hasOrdinaryTokens: Bool

  /// Finds tokens by their `texts`; nil when there are none.
  init?(_ tokens: [AddedToken], texts: [[UInt8]]) {
    if tokens.isEmpty { return nil }
    self.tokens = tokens
    automaton = PhraseAutomaton(texts)
    hasOrdinaryTokens = tokens.contains { !$0.isSpecial }
  }

  /// Calls `body` with the parts of a text in order: added tokens with the white space they take
  /// along, and what lies between.
  ///
  /// Special tokens that are not allowed are passed over, and with them tokens that begin inside.
  func split(
    _ text: Span<UInt8>, allowingSpecials: Bool, _ body: (Range<Int>, AddedToken?) -> Void
  ) {
    var done = 0
    var place = 0
    // Read once, however many tokens take it along.
    var spaces = 0..<0
    while let match = automaton.next(in: text, from: place) {
      place = match.range.upperBound
      let token = tokens[match.phrase]
      if token.isSpecial && !allowingSpecials { continue }
      if token.isWholeWord, touchesWord(match.range, text) { continue }
      var (start, end) = (match.range.lowerBound, match.range.upperBound)
      if token.stripsLeft { start = Self.spaceStart(before: start, downTo: done, in: text) }
      if token.stripsRight {
        if !spaces.contains(end) { spaces = end..<Self.spaceEnd(after: end, in: text) }
        end = spaces.upperBound
      }
      // The token before took along all that there is of this one.
      if start >= end { continue }
      if done < start { body(done..<start, nil) }
      body(start..<end, token)
      done = end
    }
    if done < text.count { body(done..<text.count, nil) }
  }

  private func touchesWord(_ range: Range<Int>, _ text: Span<UInt8>) -> Bool {
    if range.lowerBound > 0 {
      let last = ScalarReader.start(before: range.lowerBound, in: text)
      if Self.isOfWord(ScalarReader.read(text, at: last).scalar) { return true }
    }
    return range.upperBound < text.count
      && Self.isOfWord(ScalarReader.read(text, at: range.upperBound).scalar)
  }

  /// What Unicode Technical Standard 18 says of a word character: alphabetic, a mark, a decimal
  /// number, a connector, a joiner.
  private static func isOfWord(_ value: UInt32) -> Bool {
    guard let properties = Unicode.Scalar(value)?.properties else { return false }
    if properties.isAlphabetic || properties.isJoinControl { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
      return true
    default: return false
    }
  }

  /// Where white space before `end` begins, at `floor` or after it.
  private static func spaceStart(
    before end: Int, downTo floor: Int, in text: Span<UInt8>
  ) -> Int {
    var start = end
    while start > floor {
      let last = ScalarReader.start(before: start, in: text)
      guard WhiteSpaceScalars.contains(ScalarReader.read(text, at: last).scalar) else { break }
      start = last
    }
    return max(start, floor)
  }

  private static func spaceEnd(after start: Int, in text: Span<UInt8>) -> Int {
    var end = start
    while end < text.count {
      let (scalar, next) = ScalarReader.read(text, at: end)
      guard WhiteSpaceScalars.contains(scalar) else { break }
      end = next
    }
    return end
  }
}
