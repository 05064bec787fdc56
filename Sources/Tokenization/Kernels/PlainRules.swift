/// `whitespace`: words between white space, each with the space before it.
struct WhitespaceRules: SplitRules {
  typealias Detail = PlainMasks

  private var solidBefore: UInt64 = 0
  private var spaceBefore: UInt64 = 0
  private var whitespaceBefore: UInt64 = 0

  @inline(__always)
  mutating func starts(
    _ now: ClassMasks, _ next: ClassMasks, at offset: Int,
    in text: borrowing ClassMaskReader<PlainMasks>
  ) -> UInt64 {
    let solid = now.letter | now.number | now.other
    let words = solid & ~solid.shifted(&solidBefore) & ~now.space.shifted(&spaceBefore)
    let whitespace = now.whitespace & ~now.whitespace.shifted(&whitespaceBefore)
    return words | whitespace
      | now.lastBefore(now.solidLead, next.solidLead, now.whitespace, next)
  }
}

/// `digits` and `digits3`: numbers one by one or in threes, and all that stands between them.
struct DigitRules: SplitRules {
  typealias Detail = PlainMasks

  private var numbers: NumberGroups
  private var restBefore: UInt64 = 0

  init(_ numbers: NumberGroups.Size) {
    self.numbers = NumberGroups(numbers)
  }

  @inline(__always)
  mutating func starts(
    _ now: ClassMasks, _ next: ClassMasks, at offset: Int,
    in text: borrowing ClassMaskReader<PlainMasks>
  ) -> UInt64 {
    let rest = now.letter | now.whitespace | now.other
    return (rest & ~rest.shifted(&restBefore))
      | numbers.starts(now.number, now.continuation)
  }
}

/// `metaspace`: a pre-token begins with each space, or with the sign that stands for one.
struct MetaspaceRules: SplitRules {
  typealias Detail = PlainMasks

  @inline(__always)
  mutating func starts(
    _ now: ClassMasks, _ next: ClassMasks, at offset: Int,
    in text: borrowing ClassMaskReader<PlainMasks>
  ) -> UInt64 {
    var result = now.space | (offset == 0 ? 1 : 0)
    var rest = now.other & now.continuation.ahead(1, next.continuation) & ~now.continuation
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      rest &= rest &- 1
      if text.isMetaspace(at: offset &+ bit) { result |= 1 &<< UInt64(truncatingIfNeeded: bit) }
    }
    return result
  }
}

/// Wherever marks are letters to a pattern.
struct MarkedRules: SplitRules {
  typealias Detail = CaseMasks

  private var rules: GPT4Rules<CaseMasks>

  init(_ rules: GPT4Rules<CaseMasks>) {
    self.rules = rules
  }

  @inline(__always)
  mutating func starts(
    _ now: ClassMasks, _ next: ClassMasks, at offset: Int,
    in text: borrowing ClassMaskReader<CaseMasks>
  ) -> UInt64 {
    rules.starts(Self.marked(now), Self.marked(next), at: offset, in: text)
  }

  @inline(__always)
  private static func marked(_ masks: ClassMasks) -> ClassMasks {
    var masks = masks
    masks.letter |= masks.mark
    masks.other &= ~masks.mark
    return masks
  }
}
