/// A document that is connected with others, and what the keep rule asks about it.
struct ClusterMember {
  let document: UInt64
  /// Of the text.
  let byteCount: Int
  let score: Double
  let digest: Signature.Digest
  let hasMinHashes: Bool

  /// True when this one is kept rather than `other`.
  func isPreferred(to other: ClusterMember, by rule: KeepRule) -> Bool {
    switch rule {
    case .first: break
    case .longest:
      if byteCount != other.byteCount { return byteCount > other.byteCount }
    case .score:
      // A score that is not a number is the least of all.
      let (mine, others) = (
        score.isNaN ? -.infinity : score, other.score.isNaN ? -.infinity : other.score
      )
      if mine != others { return mine > others }
    }
    return document < other.document
  }
}
