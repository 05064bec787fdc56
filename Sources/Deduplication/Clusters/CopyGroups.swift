/// The documents of one set, those that nothing tells apart put together.
///
/// A page of an error can be there a million times. Documents of one text, when URLs are not compared,
/// or theirs are the same, or stand nowhere else in the set, are like and unlike the same documents: so
/// the one that the keep rule likes best is compared, and the others, which lie on disk, fare as it does.
final class CopyGroups {
  /// Memory that a group takes until its set is parted, about.
  static let groupByteCount = 384

  private struct Group {
    /// Among the members.
    let place: Int
    let sharesURL: Bool
  }

  private let shards: SignedShards
  private let indexDocumentCount: UInt64
  private let settings: DeduplicationSettings
  private let memoryByteCount: Int
  private let byURL: RecordSorter
  private let byText: RecordSorter
  private let others: RecordQueue
  /// The best document of each group, once all have been added.
  private(set) var members: [ClusterMember] = []

  /// Groups take `memoryByteCount` at most, and sorting, until it is finished, as much again; spills
  /// besides `path`.
  init(
    shards: SignedShards, indexDocumentCount: UInt64, settings: DeduplicationSettings,
    memoryByteCount: Int, besides path: String
  ) {
    self.shards = shards
    self.indexDocumentCount = indexDocumentCount
    self.settings = settings
    self.memoryByteCount = memoryByteCount
    byURL = RecordSorter(besides: path, memoryByteCount: memoryByteCount / 2)
    byText = RecordSorter(besides: path, memoryByteCount: memoryByteCount / 2)
    others = RecordQueue(besides: path)
  }

  /// Adds the next document of the set; those of an index are groups of their own.
  func add(_ document: UInt64) throws(DeduplicationError) {
    let member = try shards.member(document)
    if let url = member.urlDigest {
      try byURL.append(SortRecord(high: url.high, low: document))
    } else {
      try addByText(member, sharesURL: false)
    }
  }

  /// Ends the set; throws when its groups do not fit the memory.
  func finish() throws(DeduplicationError) {
    try byURL.finish()
    var last: SortRecord?
    var sharesURL = false
    while let record = try byURL.next() {
      let isSame = record.high == last?.high
      if let last { try addByText(try shards.member(last.low), sharesURL: sharesURL || isSame) }
      (last, sharesURL) = (record, isSame)
    }
    if let last { try addByText(try shards.member(last.low), sharesURL: sharesURL) }
    try findGroups()
  }

  /// Calls `body` with the document and the place among the members of every document that is none.
  func forEachOther(
    _ body: (_ document: UInt64, _ place: Int) throws(DeduplicationError) -> Void
  ) throws(DeduplicationError) {
    try others.drain { other throws(DeduplicationError) in try body(other.low, Int(other.high)) }
  }

  private func addByText(
    _ member: ClusterMember, sharesURL: Bool
  ) throws(DeduplicationError) {
    if member.document < indexDocumentCount { return try append(member) }
    let url = sharesURL ? member.urlDigest?.high ?? 0 : 0
    try byText.append(
      SortRecord(
        high: member.digest.high ^ url, low: member.document << 1 | (sharesURL ? 1 : 0)))
  }

  private func findGroups() throws(DeduplicationError) {
    try byText.finish()
    var high: UInt64?
    /// Of one key: two that differ in more than it are rare.
    var groups: [Group] = []
    while let record = try byText.next() {
      if record.high != high { (high, groups) = (record.high, []) }
      var member = try shards.member(record.low >> 1)
      let sharesURL = record.low & 1 == 1
      let group = groups.first {
        let other = members[$0.place]
        return $0.sharesURL == sharesURL && other.digest == member.digest
          && (!sharesURL || other.urlDigest == member.urlDigest)
      }
      guard let place = group?.place else {
        groups.append(Group(place: members.count, sharesURL: sharesURL))
        try append(member)
        continue
      }
      if member.isPreferred(to: members[place]) { swap(&member, &members[place]) }
      try others.append(SortRecord(high: UInt64(place), low: member.document))
    }
  }

  private func append(_ member: ClusterMember) throws(DeduplicationError) {
    members.append(member)
    guard members.count > memoryByteCount / Self.groupByteCount else { return }
    throw .limit(
      what: "A set of connected documents has more than \(members.count - 1) that differ, which is "
        + "what \(memoryByteCount) bytes of memory hold; give more memory"
        + (settings.near ? ", or raise minimum-similarity" : ""))
  }
}
