/// A document that is connected with others, and what the keep order asks about it.
struct ClusterMember {
  let document: UInt64
  /// Of the text.
  let byteCount: Int
  let ranks: KeepRanks
  /// As UTF-8; empty where ties go to input order.
  let id: [UInt8]
  let digest: Signature.Digest
  /// Nil when there is no URL, or URLs are not compared.
  let urlDigest: Signature.Digest?
  let hasMinHashes: Bool

  /// True when this one is kept rather than `other`.
  func isPreferred(to other: ClusterMember) -> Bool {
    if ranks != other.ranks { return ranks > other.ranks }
    if id != other.id { return id.lexicographicallyPrecedes(other.id) }
    return document < other.document
  }
}
