/// One word of a text: where its bytes lie, how long it is, and what it is made of.
package struct Word: Sendable, Equatable {
  /// Byte offsets in the text.
  package let start: UInt32
  package let end: UInt32
  package let scalarCount: UInt32
  package let facts: WordFacts

  @inline(__always)
  package init(start: UInt32, end: UInt32, scalarCount: UInt32, facts: WordFacts) {
    self.start = start
    self.end = end
    self.scalarCount = scalarCount
    self.facts = facts
  }

  /// The word that some bytes of a text make, whoever found them.
  package init(_ range: Range<Int>, of text: [UInt8]) {
    let tally = WordTally.of(range, in: text.span)
    self.init(
      start: UInt32(range.lowerBound), end: UInt32(range.upperBound),
      scalarCount: tally.scalarCount, facts: WordFacts(rawValue: tally.facts))
  }

  @inline(__always)
  package var byteCount: Int { Int(end &- start) }

  @inline(__always)
  package var range: Range<Int> { Int(start)..<Int(end) }
}

extension [Word] {
  /// Appends the word of a segment, or lengthens the last word when that is a run of the same mark.
  ///
  /// UAX #29 parts any two marks; a ruler of eighty dashes would be eighty words that repeat.
  @inline(__always)
  mutating func append(segment word: Word, of text: Span<UInt8>) {
    if word.facts.rawValue == 0, repeatsLast(word, text) {
      lengthenLast(word)
    } else {
      append(word)
    }
  }

  @inline(__always)
  private func repeatsLast(_ word: Word, _ text: Span<UInt8>) -> Bool {
    guard let last, last.end == word.start, last.facts.rawValue == 0, word.scalarCount == 1,
      last.byteCount >= word.byteCount
    else { return false }
    for offset in word.range where text[offset] != text[offset &- word.byteCount] { return false }
    return true
  }

  @inline(__always)
  private mutating func lengthenLast(_ word: Word) {
    guard let last = popLast() else { return }
    append(
      Word(
        start: last.start, end: word.end, scalarCount: last.scalarCount &+ 1, facts: last.facts))
  }
}

/// What is among the scalars of a word.
package struct WordFacts: OptionSet, Sendable {
  package let rawValue: UInt32

  @inline(__always)
  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// A letter: general category L*.
  package static let hasLetter = WordFacts(rawValue: 1)
  /// Something outside datatrove's punctuation set.
  package static let hasNonPunctuation = WordFacts(rawValue: 2)
}

/// What a word is.
package enum WordDefinition: String, Sendable, SettingChoice {
  /// Unicode's word boundaries (UAX #29, without dictionaries): a run of letters and digits, each
  /// Han or Hiragana character, each punctuation mark or run of one mark (`...`, `-----`); white
  /// space is left out.
  case unicode
  /// Runs between white space, as Python's `str.split()` makes them.
  case whitespace
}
