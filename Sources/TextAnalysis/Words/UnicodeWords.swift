internal import ByteKernels

/// Splits text at Unicode's word boundaries (UAX #29, default rules, no dictionaries).
///
/// A segment gives one word: the segment without white space at its ends; a segment of white space
/// gives none, and a run of one punctuation mark gives one word. Stretches of ASCII are cut 64 bytes at a time by their class masks, everything else
/// scalar by scalar.
enum UnicodeWords {
  static func split(_ bytes: [UInt8]) -> [Word] {
    let text = bytes.span
    var words: [Word] = []
    words.reserveCapacity(text.count / 5 + 8)
    var offset = 0
    while offset < text.count {
      offset = cutASCII(text, from: offset, into: &words)
      if offset < text.count {
        var cutter = ScalarWordCutter(from: offset)
        offset = cutter.cut(text, into: &words)
      }
    }
    return words
  }

  /// Cuts from a boundary on, up to the first block that is not ASCII throughout; returns the last
  /// boundary found, or the end of the text.
  ///
  /// A boundary before byte i is decided by the bytes i-2 to i+1, so a block decides its bytes 2 to
  /// 62 and the next block begins 61 bytes on.
  private static func cutASCII(
    _ text: Span<UInt8>, from origin: Int, into words: inout [Word]
  ) -> Int {
    var base = origin
    /// Bits below this one have been decided by the block before.
    var decided: UInt64 = 0
    var open = OpenWord()
    var lastBoundary = origin
    while true {
      let block = TextBlock(text, at: base)
      let rest = text.count &- base
      // Bits from here on cannot be decided in this block.
      var limit: UInt64 = 63
      if block.notASCII != 0 {
        limit = UInt64(max(block.notASCII.trailingZeroBitCount &- 1, 0))
      } else if rest < 64 {
        limit = UInt64(rest) &+ 1
      }
      if limit > decided {
        var found = boundaries(block) & below(limit) & ~below(decided)
        // A NUL at the end of the text looks like a run with the zeros behind it.
        if block.notASCII == 0, rest < 64 { found |= 1 &<< UInt64(rest) }
        cut(block, found, base, limit, rest, &open, into: &words)
        if found != 0 { lastBoundary = base &+ 63 &- found.leadingZeroBitCount }
      }
      if block.notASCII != 0 { return lastBoundary }
      if rest < 64 { return text.count }
      base &+= 61
      decided = 2
    }
  }

  /// Bits where a segment begins, as far as the bytes around them are in the block.
  @inline(__always)
  private static func boundaries(_ block: TextBlock) -> UInt64 {
    let (letters, digits) = (block.letters, block.digits)
    let word = letters | digits | block.underscores
    let betweenLetters = block.letterJoints & (letters &<< 1) & (letters &>> 1)
    let betweenDigits = block.digitJoints & (digits &<< 1) & (digits &>> 1)
    let between = betweenLetters | betweenDigits
    let marks = ~(word | block.whiteSpace)
    let runs = marks & ((marks & block.repeatsNext) &<< 1)
    return ~((word & (word &<< 1)) | between | (between &<< 1) | runs)
  }

  /// A word that the blocks so far have not ended.
  private struct OpenWord {
    var start = -1
    var facts: UInt32 = 0
  }

  /// Emits the words that end at a boundary of the block, and opens the one that does not.
  @inline(__always)
  private static func cut(
    _ block: TextBlock, _ boundaries: UInt64, _ base: Int, _ limit: UInt64, _ rest: Int,
    _ open: inout OpenWord, into words: inout [Word]
  ) {
    let visible = ~block.whiteSpace
    var ends = boundaries & (visible &<< 1)
    // The end of the text is a boundary where nothing starts.
    var starts = boundaries & visible & below(UInt64(min(rest, 64)))
    if open.start >= 0, ends != 0 {
      let end = ends.trailingZeroBitCount
      ends &= ends &- 1
      let inside = below(UInt64(end)) & ~below(UInt64(max(open.start &- base, 0)))
      append(open.start, base &+ end, open.facts | facts(block, inside), to: &words)
      open = OpenWord()
    }
    while ends != 0 {
      let (start, end) = (starts.trailingZeroBitCount, ends.trailingZeroBitCount)
      ends &= ends &- 1
      starts &= starts &- 1
      let inside = below(UInt64(end)) & ~below(UInt64(start))
      append(base &+ start, base &+ end, facts(block, inside), to: &words)
    }
    if starts != 0 { open.start = base &+ starts.trailingZeroBitCount }
    if open.start >= 0 {
      open.facts |= facts(block, below(limit) & ~below(UInt64(max(open.start &- base, 0))))
    }
  }

  @inline(__always)
  private static func facts(_ block: TextBlock, _ inside: UInt64) -> UInt32 {
    let letter = block.letters & inside != 0 ? WordFacts.hasLetter.rawValue : 0
    let telling = (block.letters | block.digits) & inside != 0
    return letter | (telling ? WordFacts.hasNonPunctuation.rawValue : 0)
  }

  @inline(__always)
  private static func append(_ start: Int, _ end: Int, _ facts: UInt32, to words: inout [Word]) {
    words.append(
      Word(
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
        scalarCount: UInt32(truncatingIfNeeded: end &- start), facts: WordFacts(rawValue: facts)))
  }

  /// The bits below `bit`, which may be 64.
  @inline(__always)
  private static func below(_ bit: UInt64) -> UInt64 {
    bit >= 64 ? ~0 : (1 &<< bit) &- 1
  }
}
