/// Parts a set of connected documents into clusters around the documents that are kept.
///
/// In the order of the keep rule, each member is removed in favour of the first kept document that it
/// is similar enough to, not merely connected with; when there is none, it is kept. So no chain of
/// small changes removes a document that has no like among the kept. Where chains are followed, all
/// members are removed in favour of the first. The documents of an index come before all others and are
/// kept whatever they are like.
struct ClusterResolver {
  /// A kept document and those removed for it, in input order.
  struct Cluster {
    let kept: ClusterMember
    var removed: [Removal]
  }

  struct Removal {
    let member: ClusterMember
    let reason: RemovalReason
    let similarity: Similarity
  }

  /// What a set was parted into.
  struct Parting {
    /// In order of the keep rule; a document alone is none.
    let clusters: [Cluster]
    /// Members that were compared with a part of the kept documents only.
    let partlyComparedCount: Int
  }

  /// Memory that a member takes while its set is parted, about.
  private static let memberByteCount = 256

  private let shards: SignedShards
  /// Documents below it are an index's.
  private let indexDocumentCount: UInt64
  private let settings: DeduplicationSettings
  private let comparer: DocumentComparer
  private let memoryByteCount: Int
  private let limits: KeptDocuments.Limits

  init(
    shards: SignedShards, indexDocumentCount: UInt64 = 0, settings: DeduplicationSettings,
    memoryByteCount: Int, limits: KeptDocuments.Limits = KeptDocuments.Limits()
  ) {
    self.shards = shards
    self.indexDocumentCount = indexDocumentCount
    self.settings = settings
    self.memoryByteCount = memoryByteCount
    self.limits = limits
    comparer = DocumentComparer(shards: shards, settings: settings)
  }

  func part(_ documents: [UInt64]) throws(DeduplicationError) -> Parting {
    guard documents.count <= memoryByteCount / Self.memberByteCount else {
      throw .limit(
        what: "A set of \(documents.count) connected documents takes "
          + "\(documents.count * Self.memberByteCount) bytes of memory, and there are "
          + "\(memoryByteCount); give more memory, or raise minimum-similarity")
    }
    var members: [ClusterMember] = []
    for document in documents { members.append(try shards.member(document)) }
    members.sort { isBefore($0, $1) }
    var kept = KeptDocuments(
      shards: shards, settings: settings, comparer: comparer, limits: limits)
    var clusters: [Cluster] = []
    var partlyComparedCount = 0
    for member in members {
      let features =
        member.hasMinHashes
        ? try comparer.features(of: member.document) : DocumentComparer.Features()
      let isIndexed = member.document < indexDocumentCount
      if !isIndexed, !clusters.isEmpty, settings.chains == .follow {
        clusters[0].removed.append(try kept.removal(of: member, features, for: 0))
        continue
      }
      if !isIndexed, !kept.comparesAll { partlyComparedCount += 1 }
      if !isIndexed, let (place, removal) = try kept.firstLike(member, features) {
        clusters[place].removed.append(removal)
      } else {
        try kept.append(member, features)
        clusters.append(Cluster(kept: member, removed: []))
      }
    }
    for place in clusters.indices {
      clusters[place].removed.sort { $0.member.document < $1.member.document }
    }
    return Parting(
      clusters: clusters.filter { !$0.removed.isEmpty }, partlyComparedCount: partlyComparedCount)
  }

  /// The documents of the index in their order, then the others as the keep rule likes them.
  private func isBefore(_ left: ClusterMember, _ right: ClusterMember) -> Bool {
    if min(left.document, right.document) < indexDocumentCount {
      return left.document < right.document
    }
    return left.isPreferred(to: right)
  }
}
