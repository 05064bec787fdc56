/// `gpt4` and `llama3`: the patterns of cl100k and Llama 3, which differ only at the end of a text.
struct GPT4Rules: SplitRules {
  /// True for Llama 3: white space at the end of a text is cut after its last newline.
  private let cutsLastWhitespace: Bool
  // One bit each: what the byte before the block was.
  private var letterBefore: UInt64 = 0
  private var numberBefore: UInt64 = 0
  private var otherBefore: UInt64 = 0
  private var spaceBefore: UInt64 = 0
  private var newlineBefore: UInt64 = 0
  private var blankBefore: UInt64 = 0
  private var keptWhitespaceBefore: UInt64 = 0
  /// The byte before is punctuation, or a newline that belongs to punctuation before it.
  private var absorbingBefore: UInt64 = 0
  /// The scalar before is the first of its punctuation and may yet be a letter's prefix.
  private var prefixBefore: UInt64 = 0
  /// Numbers since the last cut in a run of them, modulo three.
  private var numberPhase = 0
  private var contractions = ContractionEnds()

  init(cutsLastWhitespace: Bool) {
    self.cutsLastWhitespace = cutsLastWhitespace
  }

  @inline(__always)
  mutating func starts(
    _ now: ClassMasks, _ next: ClassMasks, at offset: Int,
    in text: borrowing ClassMaskReader<PlainMasks>
  ) -> UInt64 {
    let blank = now.whitespace & ~now.newline
    let afterBlank = blank.shifted(&blankBefore)
    // Punctuation begins a pre-token unless a space before it has.
    let otherFirst = now.other & ~now.other.shifted(&otherBefore)
    let punctuation = otherFirst & ~now.space.shifted(&spaceBefore)
    // A letter begins one unless it follows a letter, blank, or the one scalar of its punctuation.
    let prefixed = afterLoneScalar(punctuation, now.continuation)
    let letter = now.letter & ~now.letter.shifted(&letterBefore) & ~prefixed & ~afterBlank
    var result = letter | punctuation | whitespaceStarts(now, next, blank, at: offset, in: text)
    let afterNumber = now.number.shifted(&numberBefore)
    if now.number != 0 { result |= numberStarts(now, afterNumber) }
    result |= contractions.ends(
      now.apostrophe & punctuation, at: offset, in: text, foldsCase: true)
    return result
  }

  /// The bytes that follow the first scalar of a run of punctuation.
  @inline(__always)
  private mutating func afterLoneScalar(_ punctuation: UInt64, _ continuation: UInt64) -> UInt64 {
    let seed = (punctuation &<< 1) | prefixBefore
    prefixBefore = punctuation &>> 63
    // A carry runs through the scalar's own continuation bytes and comes out behind them.
    let (sum, overflow) = continuation.addingReportingOverflow(seed & continuation)
    if overflow { prefixBefore = 1 }
    return (seed | sum) & ~continuation
  }

  /// `\s*[\r\n]`, `\s+(?!\S)` and `\s`, less the newlines that belong to punctuation.
  @inline(__always)
  private mutating func whitespaceStarts(
    _ now: ClassMasks, _ next: ClassMasks, _ blank: UInt64, at offset: Int,
    in text: borrowing ClassMaskReader<PlainMasks>
  ) -> UInt64 {
    let absorbSeed = now.newline & ((now.other &<< 1) | absorbingBefore)
    let absorbed = now.newline & ~(now.newline &+ absorbSeed)
    absorbingBefore = (now.other | absorbed) &>> 63
    let kept = now.whitespace & ~absorbed
    let first = kept & ~kept.shifted(&keptWhitespaceBefore)
    let result = first | now.lastBeforeSolid(blank, next)
    let afterNewline = blank & now.newline.shifted(&newlineBefore)
    if afterNewline == 0 { return result }
    return result
      | blankStarts(afterNewline, blank, solid: now.solidLead, at: offset, in: text)
  }

  /// Those of `candidates`, blanks after a newline, that no later newline of their run takes along.
  @inline(__always)
  private func blankStarts(
    _ candidates: UInt64, _ blank: UInt64, solid: UInt64, at offset: Int,
    in text: borrowing ClassMaskReader<PlainMasks>
  ) -> UInt64 {
    let (sum, overflow) = blank.addingReportingOverflow(candidates)
    if !overflow, sum & ~blank & ~solid == 0 { return candidates }
    var kept: UInt64 = 0
    var rest = candidates
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      rest &= rest &- 1
      if text.blankRunIsKept(from: offset &+ bit, atEnd: cutsLastWhitespace) {
        kept |= 1 &<< UInt64(truncatingIfNeeded: bit)
      }
    }
    return kept
  }

  /// `\p{N}{1,3}`: the first of a run of numbers and every third after it.
  @inline(__always)
  private mutating func numberStarts(_ now: ClassMasks, _ afterNumber: UInt64) -> UInt64 {
    let numbers = now.number
    let first = numbers & ~afterNumber
    let isSimple =
      numbers & afterNumber & ((numbers &<< 2) & (numbers &<< 3) | 1) == 0
      && numbers & now.continuation == 0
    if isSimple {
      numberPhase = (~numbers).leadingZeroBitCount % 3
      return first
    }
    var result: UInt64 = 0
    var rest = numbers & ~now.continuation
    while rest != 0 {
      let bit = rest & (0 &- rest)
      rest ^= bit
      if first & bit != 0 { numberPhase = 0 }
      if numberPhase == 0 { result |= bit }
      numberPhase = numberPhase == 2 ? 0 : numberPhase &+ 1
    }
    return result
  }
}
