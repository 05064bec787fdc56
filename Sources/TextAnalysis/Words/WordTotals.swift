/// What a list of words amounts to.
package struct WordTotals: Sendable, Equatable {
  package private(set) var wordCount = 0
  /// Words that hold a letter.
  package private(set) var alphabeticWordCount = 0
  /// Words that hold something besides punctuation, and their scalars.
  package private(set) var plainWordCount = 0
  package private(set) var plainScalarCount = 0

  package init(_ words: [Word]) {
    wordCount = words.count
    for word in words {
      let facts = word.facts.rawValue
      alphabeticWordCount &+= Int(facts & 1)
      let isPlain = (facts &>> 1) & 1
      plainWordCount &+= Int(isPlain)
      plainScalarCount &+= Int(isPlain &* word.scalarCount)
    }
  }
}
