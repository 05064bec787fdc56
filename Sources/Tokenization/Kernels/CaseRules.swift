/// `gpt4o` and Mistral's `tekken`: words also end before a capital, and marks belong to words.
struct CaseRules: SplitRules {
  typealias Detail = CaseMasks

  private let hasContractions: Bool
  // One bit each: what the byte before the block was.
  private var wordBefore: UInt64 = 0
  private var otherBefore: UInt64 = 0
  private var spaceBefore: UInt64 = 0
  private var blankBefore: UInt64 = 0
  /// A newline or slash that belongs to punctuation before it.
  private var absorbedBefore: UInt64 = 0
  /// Lower case, or something uncased after it in the same word.
  private var loweredBefore: UInt64 = 0
  /// Something uncased in a word that has no lower case yet.
  private var uncasedBefore: UInt64 = 0
  private var prefixes = LoneScalars()
  private var numbers: NumberGroups
  private var whitespace = WhitespaceStarts(cutsLast: true)
  /// The bytes of the block that a contraction of the block before reaches.
  private var contracted: UInt64 = 0
  private var contractionEnd = -1

  init(_ numbers: NumberGroups.Size, hasContractions: Bool) {
    self.numbers = NumberGroups(numbers)
    self.hasContractions = hasContractions
  }

  @inline(__always)
  mutating func starts(
    _ now: ClassMasks, _ next: ClassMasks, at offset: Int,
    in text: borrowing ClassMaskReader<CaseMasks>
  ) -> UInt64 {
    let blank = now.whitespace & ~now.newline
    let afterBlank = blank.shifted(&blankBefore)
    let (other, absorbed) = punctuation(now)
    var word = now.letter | (now.mark & ~other)
    let afterSpace = now.space.shifted(&spaceBefore)
    var punctuation = other & ~other.shifted(&otherBefore) & ~afterSpace
    if hasContractions {
      let (apostrophes, letters) = contractions(now.apostrophe, word, at: offset, in: text)
      punctuation &= ~apostrophes
      word &= ~letters
    }
    let prefixed = prefixes.after(punctuation, now.continuation)
    let first = word & ~word.shifted(&wordBefore) & ~prefixed & ~afterBlank
    var result = first | punctuation | numbers.starts(now.number, now.continuation)
    result |= capitalStarts(now, word, at: offset, in: text)
    result |= whitespace.starts(
      now, next, blank: blank, absorbed: absorbed, solid: now.solidLead, nextSolid: next.solidLead,
      at: offset, in: text)
    return result
  }

  /// What is punctuation, and the newlines and slashes that go with it.
  @inline(__always)
  private mutating func punctuation(_ now: ClassMasks) -> (other: UInt64, absorbed: UInt64) {
    let signs = now.other & ~now.mark
    let afterSign = (signs &<< 1) | otherBefore
    let seed = now.newline & (afterSign | absorbedBefore)
    let absorbed = now.newline & ~(now.newline &+ seed)
    let afterAbsorbed = (absorbed &<< 1) | absorbedBefore
    if now.mark & afterSign | now.slash & afterAbsorbed != 0 { return scanned(now) }
    absorbedBefore = absorbed &>> 63
    return (signs, absorbed)
  }

  @inline(never)
  private mutating func scanned(_ now: ClassMasks) -> (other: UInt64, absorbed: UInt64) {
    var scan = PunctuationScan(
      afterOther: otherBefore != 0, afterAbsorbed: absorbedBefore != 0,
      afterLone: prefixes.isAfterLone, afterSpace: spaceBefore != 0)
    scan.scan(now)
    absorbedBefore = scan.absorbed &>> 63
    return (scan.other, scan.absorbed)
  }

  /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)?` behind words: the apostrophes, and the letters after them.
  @inline(__always)
  private mutating func contractions(
    _ apostrophes: UInt64, _ word: UInt64, at offset: Int,
    in text: borrowing ClassMaskReader<CaseMasks>
  ) -> (apostrophes: UInt64, letters: UInt64) {
    var letters = contracted
    contracted = 0
    var taken: UInt64 = 0
    var rest = apostrophes & ((word &<< 1) | wordBefore)
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      rest &= rest &- 1
      // A contraction ends its pre-token: no other follows at once.
      if offset &+ bit == contractionEnd { continue }
      let length = text.contraction(at: offset &+ bit, foldsCase: true)
      if length == 0 { continue }
      contractionEnd = offset &+ bit &+ length
      taken |= 1 &<< UInt64(truncatingIfNeeded: bit)
      let bytes = (1 as UInt64 &<< UInt64(truncatingIfNeeded: length &- 1)) &- 1
      let shift = UInt64(truncatingIfNeeded: bit &+ 1)
      if bit < 63 { letters |= bytes &<< shift }
      if bit &+ length > 64 { contracted = bytes &>> (64 &- shift) }
    }
    return (taken, letters)
  }

  /// Capitals that begin a pre-token inside a word: those behind lower case, uncased letters and
  /// marks between or not, and those behind what is uncased when the word ends in capitals.
  @inline(__always)
  private mutating func capitalStarts(
    _ now: ClassMasks, _ word: UInt64, at offset: Int,
    in text: borrowing ClassMaskReader<CaseMasks>
  ) -> UInt64 {
    let capitals = now.capital & word
    let lowered = now.lowercase & word
    let uncased = word & ~now.capital & ~now.lowercase
    let seed = uncased & ((lowered &<< 1) | loweredBefore)
    let behind = lowered | (uncased & ~(uncased &+ seed))
    var result = capitals & ((behind &<< 1) | loweredBefore)
    loweredBefore = behind &>> 63
    let free = uncased & ~behind
    var candidates = capitals & ((free &<< 1) | uncasedBefore)
    uncasedBefore = free &>> 63
    while candidates != 0 {
      let bit = candidates & (0 &- candidates)
      candidates ^= bit
      let (sum, overflow) = capitals.addingReportingOverflow(bit)
      let isLast =
        overflow
        ? text.capitalsEndWord(from: offset &+ UInt64.bitWidth) : sum & ~capitals & word == 0
      if isLast { result |= bit }
    }
    return result
  }
}
