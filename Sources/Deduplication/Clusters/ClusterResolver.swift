/// Parts a set of connected documents into clusters around the documents that are kept.
///
/// In the order of the keep rule, each member is removed in favour of the first kept document that it
/// is similar enough to, not merely connected with; when there is none, it is kept. So no chain of
/// small changes removes a document that has no like among the kept. Where chains are followed, all
/// members are removed in favour of the first. The documents of an index come before all others and are
/// kept whatever they are like.
struct ClusterResolver {
  /// Why a member is removed, and how similar it is to the kept document.
  struct Removal {
    let reason: RemovalReason
    let similarity: Similarity
  }

  /// What becomes of a member.
  struct Fate {
    /// The kept document of its cluster, among all that are kept.
    var keptPlace = 0
    /// Nil for the kept document itself.
    var removal: Removal?
  }

  /// What a set was parted into.
  struct Parting {
    /// Places of members, in order of the keep rule, those without a like included.
    var kept: [Int] = []
    /// Of each member.
    var fates: [Fate]
    /// Members that were compared with a part of the kept documents only.
    var partlyComparedCount = 0
  }

  private let shards: SignedShards
  /// Documents below it are an index's.
  private let indexDocumentCount: UInt64
  private let settings: DeduplicationSettings
  private let comparer: DocumentComparer
  private let limits: KeptDocuments.Limits

  init(
    shards: SignedShards, indexDocumentCount: UInt64 = 0, settings: DeduplicationSettings,
    limits: KeptDocuments.Limits = KeptDocuments.Limits()
  ) {
    self.shards = shards
    self.indexDocumentCount = indexDocumentCount
    self.settings = settings
    self.limits = limits
    comparer = DocumentComparer(shards: shards, settings: settings)
  }

  func part(_ members: [ClusterMember]) throws(DeduplicationError) -> Parting {
    var kept = KeptDocuments(
      shards: shards, settings: settings, comparer: comparer, limits: limits)
    var parting = Parting(fates: Array(repeating: Fate(), count: members.count))
    for place in members.indices.sorted(by: { isBefore(members[$0], members[$1]) }) {
      let member = members[place]
      let features =
        member.hasMinHashes
        ? try comparer.features(of: member.document) : DocumentComparer.Features()
      if member.document >= indexDocumentCount {
        let follows = settings.chains == .follow && !parting.kept.isEmpty
        if !follows, !kept.comparesAll { parting.partlyComparedCount += 1 }
        let found =
          follows
          ? (0, try kept.removal(of: member, features, for: 0))
          : try kept.firstLike(member, features)
        if let (keptPlace, removal) = found {
          parting.fates[place] = Fate(keptPlace: keptPlace, removal: removal)
          continue
        }
      }
      try kept.append(member, features)
      parting.fates[place].keptPlace = parting.kept.count
      parting.kept.append(place)
    }
    return parting
  }

  /// The documents of the index in their order, then the others as the keep rule likes them.
  private func isBefore(_ left: ClusterMember, _ right: ClusterMember) -> Bool {
    if min(left.document, right.document) < indexDocumentCount {
      return left.document < right.document
    }
    return left.isPreferred(to: right)
  }
}
