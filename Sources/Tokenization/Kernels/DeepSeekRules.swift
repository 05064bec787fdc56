/// `deepseek-v3`: three splits in turn, numbers, then kana and ideographs, then the rest.
///
/// What the first two isolate is a text of its own to the third, so nothing looks over its edges.
struct DeepSeekRules: SplitRules {
  typealias Detail = SignMasks

  // One bit each: what the byte before the block was.
  private var numberBefore: UInt64 = 0
  private var ideographBefore: UInt64 = 0
  private var wordBefore: UInt64 = 0
  private var signBefore: UInt64 = 0
  private var controlBefore: UInt64 = 0
  private var spaceBefore: UInt64 = 0
  private var blankBefore: UInt64 = 0
  private var absorbingBefore: UInt64 = 0
  /// Punctuation of ASCII that letters may follow.
  private var loneBefore: UInt64 = 0
  /// A letter of ASCII in a pre-token that began with punctuation.
  private var taggedBefore: UInt64 = 0
  private var numbers = NumberGroups(.three)
  private var whitespace = WhitespaceStarts(cutsLast: true)

  @inline(__always)
  mutating func starts(
    _ now: ClassMasks, _ next: ClassMasks, at offset: Int,
    in text: borrowing ClassMaskReader<SignMasks>
  ) -> UInt64 {
    let all = now.letter | now.number | now.whitespace | now.other
    let edges = all & Self.edges(now, numberBefore, ideographBefore)
    let nextEdges = Self.edges(next, now.number &>> 63, now.ideograph &>> 63)
    numberBefore = now.number &>> 63
    ideographBefore = now.ideograph &>> 63
    let blank = now.whitespace & ~now.newline
    let word = now.letter | now.mark
    let afterWord = word.shifted(&wordBefore) & ~edges
    let afterSign = now.sign.shifted(&signBefore) & ~edges
    let afterBlank = blank.shifted(&blankBefore) & ~edges
    let punctuation = now.sign & ~afterSign & ~(now.space.shifted(&spaceBefore) & ~edges)
    let (tagged, behindTags) = tags(punctuation, now)
    var first = word & ~afterWord & ~afterBlank & ~tagged
    let control = now.other & ~now.mark & ~now.sign
    let afterControl = control.shifted(&controlBefore) & ~edges
    var result = punctuation | edges | (behindTags & word)
    if control | afterControl != 0 {
      // The last of a run of controls is the prefix of a word; those before it are left over.
      first &= ~afterControl
      let nextWord = (next.letter | next.mark) & ~next.continuation & ~nextEdges
      result |= control & ~afterControl
      result |= now.lastBefore(word & ~now.continuation & ~edges, nextWord, control, next)
    }
    let absorbSeed = now.newline & (((now.sign & ~now.ideograph) &<< 1) | absorbingBefore)
    let absorbed = now.newline & ~(now.newline &+ absorbSeed)
    absorbingBefore = ((now.sign & ~now.ideograph) | absorbed) &>> 63
    result |= first | numbers.starts(now.number, now.continuation)
    result |= whitespace.starts(
      now, next, blank: blank, absorbed: absorbed, solid: Self.solidLead(now),
      nextSolid: Self.solidLead(next), at: offset, in: text)
    return result
  }

  /// Where numbers or ideographs begin or end.
  @inline(__always)
  private static func edges(
    _ masks: ClassMasks, _ numberBefore: UInt64, _ ideographBefore: UInt64
  ) -> UInt64 {
    (masks.number ^ ((masks.number &<< 1) | numberBefore))
      | (masks.ideograph ^ ((masks.ideograph &<< 1) | ideographBefore))
  }

  /// First bytes of what white space leaves its last scalar to.
  @inline(__always)
  private static func solidLead(_ masks: ClassMasks) -> UInt64 {
    (masks.letter | masks.other) & ~masks.continuation & ~masks.ideograph
  }

  /// Letters of ASCII behind one sign of ASCII at the start of a pre-token, and what follows them.
  @inline(__always)
  private mutating func tags(
    _ punctuation: UInt64, _ now: ClassMasks
  ) -> (tagged: UInt64, behind: UInt64) {
    let letters = now.letter & ~now.high
    let lone = (punctuation & ~now.high).shifted(&loneBefore)
    let before = taggedBefore
    let (sum, overflow) = letters.addingReportingOverflow(letters & (lone | before))
    taggedBefore = overflow ? 1 : 0
    return (letters & ~sum, (sum & ~letters) | (before & ~letters))
  }
}
