/// Parts a set of connected documents into clusters around the documents that are kept.
///
/// The member that the keep rule likes best is kept; the others that are similar enough to it, not
/// merely to one another, are removed in its favour; the rest go through the same again. So no chain
/// of small changes removes a document that has no like among the kept.
struct ClusterResolver {
  /// A kept document and those removed for it, in input order.
  struct Cluster {
    let kept: ClusterMember
    let removed: [Removal]
  }

  struct Removal {
    let member: ClusterMember
    let reason: RemovalReason
    /// Of the `hashCount` min-hashes; all of them for an exact duplicate.
    let equalHashCount: Int
  }

  private let shards: SignedShards
  private let settings: DeduplicationSettings
  private let leastEqualHashCount: Double

  init(shards: SignedShards, settings: DeduplicationSettings) {
    self.shards = shards
    self.settings = settings
    leastEqualHashCount = settings.similarityFloor * Double(settings.hashCount)
  }

  /// The clusters of a set, in order of the keep rule; a document alone is none.
  func clusters(of documents: [UInt64]) throws(DeduplicationError) -> [Cluster] {
    var rest: [ClusterMember] = []
    for document in documents { rest.append(try shards.member(document)) }
    rest.sort { $0.isPreferred(to: $1) }
    var clusters: [Cluster] = []
    while let kept = rest.first {
      let hashes = kept.hasMinHashes ? try shards.minHashes(kept.document) : []
      var removed: [Removal] = []
      var unlike: [ClusterMember] = []
      for member in rest.dropFirst() {
        if let removal = try compare(member, with: kept, hashes) {
          removed.append(removal)
        } else {
          unlike.append(member)
        }
      }
      removed.sort { $0.member.document < $1.member.document }
      if !removed.isEmpty { clusters.append(Cluster(kept: kept, removed: removed)) }
      rest = unlike
    }
    return clusters
  }

  /// Nil when the two are not similar enough.
  private func compare(
    _ member: ClusterMember, with kept: ClusterMember, _ hashes: [UInt8]
  ) throws(DeduplicationError) -> Removal? {
    if member.digest == kept.digest {
      return Removal(member: member, reason: .exact, equalHashCount: settings.hashCount)
    }
    var equal = 0
    let haveMinHashes = member.hasMinHashes && kept.hasMinHashes
    if haveMinHashes { equal = try shards.equalHashCount(member.document, hashes) }
    if let url = member.urlDigest, url == kept.urlDigest {
      return Removal(member: member, reason: .url, equalHashCount: equal)
    }
    guard haveMinHashes, Double(equal) >= leastEqualHashCount else { return nil }
    return Removal(member: member, reason: .near, equalHashCount: equal)
  }
}
