/// Tells which marks belong to punctuation and which newlines and slashes it takes along, scalar by
/// scalar, for blocks where bit operations cannot.
///
/// For ` ?[^\s\p{L}\p{N}]+[\r\n/]*` beside words that marks belong to: a mark goes with the
/// punctuation before it, unless that is one scalar at the start of a pre-token, which then is the
/// prefix of a word.
struct PunctuationScan {
  /// Punctuation: marks that go with it, and no slash that follows a newline it took.
  private(set) var other: UInt64 = 0
  /// Newlines and slashes that go with what is before them.
  private(set) var absorbed: UInt64 = 0

  // What the scalar before is.
  private var afterOther: Bool
  private var afterAbsorbed: Bool
  private var afterLone: Bool
  private var afterSpace: Bool

  init(afterOther: Bool, afterAbsorbed: Bool, afterLone: Bool, afterSpace: Bool) {
    self.afterOther = afterOther
    self.afterAbsorbed = afterAbsorbed
    self.afterLone = afterLone
    self.afterSpace = afterSpace
  }

  mutating func scan(_ masks: ClassMasks) {
    // The bytes of a scalar that began in the block before go on as it did.
    let spilled = masks.continuation & ~(masks.continuation &+ (masks.continuation & 1))
    if afterOther { other |= spilled }
    var leads =
      (masks.letter | masks.number | masks.whitespace | masks.other) & ~masks.continuation
    while leads != 0 {
      let lead = leads & (0 &- leads)
      leads ^= lead
      let rest = masks.continuation & (lead &<< 1)
      let bytes = lead | (masks.continuation & ~(masks.continuation &+ rest))
      add(masks, lead, rest == 0 ? lead : bytes)
    }
  }

  @inline(__always)
  private mutating func add(_ masks: ClassMasks, _ lead: UInt64, _ bytes: UInt64) {
    let takesAlong =
      masks.newline & lead != 0
      ? afterOther || afterAbsorbed : masks.slash & lead != 0 && afterAbsorbed
    let isMark = masks.mark & lead != 0
    let isOther =
      masks.other & lead != 0 && !takesAlong && (!isMark || (afterOther && !afterLone))
    if takesAlong { absorbed |= bytes }
    if isOther { other |= bytes }
    afterLone = isOther && !isMark && !afterOther && !afterSpace
    afterOther = isOther
    afterAbsorbed = takesAlong
    afterSpace = masks.space & lead != 0
  }
}
