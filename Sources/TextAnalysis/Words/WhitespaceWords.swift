internal import ByteKernels

/// Splits text at runs of white space, as Python's `str.split()` does.
///
/// Words of ASCII are weighed by the class masks of their blocks, others scalar by scalar.
struct WhitespaceWords {
  private var words: [Word] = []
  /// Where the word that no white space has ended yet begins.
  private var start = 0
  /// What the blocks so far say of that word.
  private var facts: UInt32 = 0
  private var isASCII = true

  static func split(_ bytes: [UInt8]) -> [Word] {
    let text = bytes.span
    var splitter = WhitespaceWords()
    splitter.words.reserveCapacity(text.count / 6 + 8)
    var base = 0
    while base < text.count {
      splitter.cut(TextBlock(text, at: base), at: base, of: text)
      base &+= TextBlock.byteCount
    }
    if splitter.start < text.count { splitter.append(until: text.count, of: text) }
    return splitter.words
  }

  @inline(__always)
  private mutating func cut(_ block: TextBlock, at base: Int, of text: Span<UInt8>) {
    var spaces = block.whiteSpace
    if block.notASCII != 0 { spaces |= Self.spacesBeyondASCII(text, at: base) }
    /// Bits of the block not yet given to a word.
    var rest: UInt64 = start > base ? ~0 &<< UInt64(min(start &- base, 63)) : ~0
    while spaces != 0 {
      let bit = UInt64(spaces.trailingZeroBitCount)
      spaces &= spaces &- 1
      let offset = base &+ Int(bit)
      weigh(block, rest & ((1 &<< bit) &- 1))
      if offset > start { append(until: offset, of: text) }
      (facts, isASCII) = (0, true)
      let lead = text[offset]
      let width = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3
      start = offset &+ width
      rest = bit &+ UInt64(width) < 64 ? ~0 &<< (bit &+ UInt64(width)) : 0
    }
    weigh(block, rest)
  }

  @inline(__always)
  private mutating func weigh(_ block: TextBlock, _ inside: UInt64) {
    facts |= block.letters & inside != 0 ? WordFacts.hasLetter.rawValue : 0
    let isTelling = (block.letters | block.digits) & inside != 0
    facts |= isTelling ? WordFacts.hasNonPunctuation.rawValue : 0
    isASCII = isASCII && block.notASCII & inside == 0
  }

  @inline(__always)
  private mutating func append(until end: Int, of text: Span<UInt8>) {
    var tally = WordTally(scalarCount: UInt32(truncatingIfNeeded: end &- start), facts: facts)
    if !isASCII { tally = WordTally.of(start..<end, in: text) }
    words.append(
      Word(
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
        scalarCount: tally.scalarCount, facts: WordFacts(rawValue: tally.facts)))
  }

  /// The first bytes of white space beyond ASCII in a block.
  @inline(never)
  private static func spacesBeyondASCII(_ text: Span<UInt8>, at base: Int) -> UInt64 {
    var rest = TextBlock.whiteSpace(text, at: base).leads
    var found: UInt64 = 0
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      rest &= rest &- 1
      let scalar = ScalarReader.read(text, at: base &+ bit).scalar
      if ScalarProperties(of: scalar).isWhiteSpace { found |= 1 &<< UInt64(bit) }
    }
    return found
  }
}
