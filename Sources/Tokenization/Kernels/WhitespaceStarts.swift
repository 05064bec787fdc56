/// `\s*[\r\n]+`, `\s+(?!\S)` and `\s+`: where white space begins a pre-token.
struct WhitespaceStarts {
  /// True for patterns without `\s+$` before: white space at the end of a text is cut after its last
  /// newline.
  private let cutsLast: Bool
  // One bit each: what the byte before the block was.
  private var newlineBefore: UInt64 = 0
  private var keptBefore: UInt64 = 0

  init(cutsLast: Bool) {
    self.cutsLast = cutsLast
  }

  /// `absorbed` are newlines that belong to punctuation before them; `solid` and `nextSolid` the
  /// first bytes of what white space leaves its last scalar to.
  @inline(__always)
  mutating func starts<Detail>(
    _ now: ClassMasks, _ next: ClassMasks, blank: UInt64, absorbed: UInt64, solid: UInt64,
    nextSolid: UInt64, at offset: Int, in text: borrowing ClassMaskReader<Detail>
  ) -> UInt64 {
    let kept = now.whitespace & ~absorbed
    let first = kept & ~kept.shifted(&keptBefore)
    let result = first | now.lastBefore(solid, nextSolid, blank, next)
    let afterNewline = blank & now.newline.shifted(&newlineBefore)
    if afterNewline == 0 { return result }
    return result
      | blankStarts(afterNewline, blank, solid: now.solidLead, at: offset, in: text)
  }

  /// Those of `candidates`, blanks after a newline, that no later newline of their run takes along.
  @inline(__always)
  private func blankStarts<Detail>(
    _ candidates: UInt64, _ blank: UInt64, solid: UInt64, at offset: Int,
    in text: borrowing ClassMaskReader<Detail>
  ) -> UInt64 {
    let (sum, overflow) = blank.addingReportingOverflow(candidates)
    if !overflow, sum & ~blank & ~solid == 0 { return candidates }
    var kept: UInt64 = 0
    var rest = candidates
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      rest &= rest &- 1
      if text.blankRunIsKept(from: offset &+ bit, atEnd: cutsLast) {
        kept |= 1 &<< UInt64(truncatingIfNeeded: bit)
      }
    }
    return kept
  }
}
