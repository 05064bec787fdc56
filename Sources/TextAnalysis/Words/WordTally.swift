/// What is known of the scalars of a word while it is being read.
struct WordTally {
  var scalarCount: UInt32 = 0
  var facts: UInt32 = 0

  @inline(__always)
  mutating func add(_ properties: ScalarProperties) {
    scalarCount &+= 1
    facts |= properties.isLetter ? WordFacts.hasLetter.rawValue : 0
    facts |= properties.isPunctuation ? 0 : WordFacts.hasNonPunctuation.rawValue
  }

  @inline(__always)
  mutating func add(_ other: WordTally) {
    scalarCount &+= other.scalarCount
    facts |= other.facts
  }

  /// The tally of some bytes of a text.
  static func of(_ range: Range<Int>, in text: Span<UInt8>) -> WordTally {
    var tally = WordTally()
    var offset = range.lowerBound
    while offset < range.upperBound {
      let (scalar, next) = ScalarReader.read(text, at: offset)
      tally.add(ScalarProperties(of: scalar))
      offset = next
    }
    return tally
  }
}
