/// `gpt2`: letters, numbers or other characters, each with the space before them; and `starcoder`,
/// where each number is a text of its own.
struct GPT2Rules: SplitRules {
  private let isolatesNumbers: Bool
  // One bit each: what the byte before the block was.
  private var letterBefore: UInt64 = 0
  private var numberBefore: UInt64 = 0
  private var otherBefore: UInt64 = 0
  private var spaceBefore: UInt64 = 0
  private var whitespaceBefore: UInt64 = 0
  /// The block begins with the second byte of a contraction.
  private var contractedBefore: UInt64 = 0
  private var contractions = ContractionEnds()

  init(isolatesNumbers: Bool = false) {
    self.isolatesNumbers = isolatesNumbers
  }

  @inline(__always)
  mutating func starts(
    _ now: ClassMasks, _ next: ClassMasks, at offset: Int,
    in text: borrowing ClassMaskReader<PlainMasks>
  ) -> UInt64 {
    let afterSpace = now.space.shifted(&spaceBefore)
    let letter = now.letter & ~now.letter.shifted(&letterBefore)
    let number =
      isolatesNumbers
      ? now.number & ~now.continuation
      : now.number & ~now.number.shifted(&numberBefore) & ~afterSpace
    let other = now.other & ~now.other.shifted(&otherBefore) & ~afterSpace
    let whitespace = now.whitespace & ~now.whitespace.shifted(&whitespaceBefore)
    let runs = (letter & ~afterSpace) | number | other | whitespace
    let wanted = isolatesNumbers ? ~now.number : ~0
    let nextWanted = isolatesNumbers ? ~next.number : ~0
    let result =
      runs
      | now.lastBefore(
        now.solidLead & wanted, next.solidLead & nextWanted, now.whitespace, next)
    return contracted(result, now.apostrophe & other, at: offset, in: text)
  }

  /// The starts with contractions made whole: none inside them, one behind them.
  @inline(__always)
  private mutating func contracted(
    _ starts: UInt64, _ apostrophes: UInt64, at offset: Int,
    in text: borrowing ClassMaskReader<PlainMasks>
  ) -> UInt64 {
    var inside = contractedBefore
    contractedBefore = 0
    var rest = apostrophes
    while rest != 0 {
      let bit = UInt64(truncatingIfNeeded: rest.trailingZeroBitCount)
      rest &= rest &- 1
      if text.contraction(at: offset &+ Int(bit), foldsCase: false) == 0 { continue }
      if bit == 63 { contractedBefore = 1 } else { inside |= 1 &<< (bit &+ 1) }
    }
    let ends = contractions.ends(apostrophes, at: offset, in: text, foldsCase: false)
    return (starts & ~inside) | ends
  }
}
