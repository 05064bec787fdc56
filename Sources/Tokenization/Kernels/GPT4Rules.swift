/// `gpt4`, `llama3` and `qwen2`: the pattern of cl100k and those that differ from it only at the end
/// of a text or in how many numbers go together.
struct GPT4Rules<Detail: MaskDetail>: SplitRules {
  // One bit each: what the byte before the block was.
  private var letterBefore: UInt64 = 0
  private var otherBefore: UInt64 = 0
  private var spaceBefore: UInt64 = 0
  private var blankBefore: UInt64 = 0
  /// The byte before is punctuation, or a newline that belongs to punctuation before it.
  private var absorbingBefore: UInt64 = 0
  private var prefixes = LoneScalars()
  private var numbers: NumberGroups
  private var whitespace: WhitespaceStarts
  private var contractions = ContractionEnds()

  init(_ numbers: NumberGroups.Size, cutsLastWhitespace: Bool) {
    self.numbers = NumberGroups(numbers)
    whitespace = WhitespaceStarts(cutsLast: cutsLastWhitespace)
  }

  @inline(__always)
  mutating func starts(
    _ now: ClassMasks, _ next: ClassMasks, at offset: Int,
    in text: borrowing ClassMaskReader<Detail>
  ) -> UInt64 {
    let blank = now.whitespace & ~now.newline
    let afterBlank = blank.shifted(&blankBefore)
    // Punctuation begins a pre-token unless a space before it has.
    let otherFirst = now.other & ~now.other.shifted(&otherBefore)
    let punctuation = otherFirst & ~now.space.shifted(&spaceBefore)
    // A letter begins one unless it follows a letter, blank, or the one scalar of its punctuation.
    let prefixed = prefixes.after(punctuation, now.continuation)
    let letter = now.letter & ~now.letter.shifted(&letterBefore) & ~prefixed & ~afterBlank
    let absorbSeed = now.newline & ((now.other &<< 1) | absorbingBefore)
    let absorbed = now.newline & ~(now.newline &+ absorbSeed)
    absorbingBefore = (now.other | absorbed) &>> 63
    var result = letter | punctuation | numbers.starts(now.number, now.continuation)
    result |= whitespace.starts(
      now, next, blank: blank, absorbed: absorbed, solid: now.solidLead, nextSolid: next.solidLead,
      at: offset, in: text)
    result |= contractions.ends(
      now.apostrophe & punctuation, at: offset, in: text, foldsCase: true)
    return result
  }
}
