/// `none`: a pre-token begins with the text, and no other does.
struct WholeTextRules: SplitRules {
  @inline(__always)
  mutating func starts(
    _ now: ClassMasks, _ next: ClassMasks, at offset: Int,
    in text: borrowing ClassMaskReader<PlainMasks>
  ) -> UInt64 {
    offset == 0 ? 1 : 0
  }
}
