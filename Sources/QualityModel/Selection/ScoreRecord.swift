/// What the choice of the best share needs to know of one document.
package struct ScoreRecord: Sendable, Equatable {
  /// Not finite when the document has no score.
  package var score: Double
  /// Orders documents of equal score: drawn from the document's id and text and the run's seed.
  package var draw: UInt64
  /// The bytes of its text.
  package var byteCount: UInt64
  /// The position of its group among those of its file.
  package var group: Int

  package init(score: Double, draw: UInt64, byteCount: UInt64, group: Int) {
    self.score = score
    self.draw = draw
    self.byteCount = byteCount
    self.group = group
  }

  package var hasScore: Bool { score.isFinite }

  /// The place in the order of all documents, ascending by score, then by draw; nil without a score.
  var rank: UInt128? {
    if !hasScore { return nil }
    // Adding 0 makes -0 and 0 one; then the bits of numbers are in the order of the numbers.
    let bits = (score + 0).bitPattern
    let ordered = bits >> 63 == 1 ? ~bits : bits | 1 << 63
    return UInt128(ordered) << 64 | UInt128(draw)
  }
}
