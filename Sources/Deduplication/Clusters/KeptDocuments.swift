internal import ByteKernels

/// The documents of a set that are kept so far, for finding one that another is similar to.
///
/// A member is compared with all of them as long as they are few. In a set with more, which is a crowd
/// of documents that are alike in one part, it is compared with the first ones and those that share a
/// band with it, and of a band's only with the first: so the work grows with the set, not with its
/// square. What that can miss stays, and is counted.
struct KeptDocuments {
  struct Limits {
    /// Kept documents that every member is compared with.
    var forAll = 1024
    /// Kept documents beyond those that a member is compared with for each band.
    var perBand = 32
    /// Bytes of what is compared that are held in memory; what is beyond is read anew each time.
    var byteCount = 1 << 26
  }

  private struct Kept {
    let member: ClusterMember
    /// Nil beyond the limits, where they are read anew.
    let features: DocumentComparer.Features?
  }

  private let shards: SignedShards
  private let settings: DeduplicationSettings
  private let comparer: DocumentComparer
  private let limits: Limits
  private var kept: [Kept] = []
  private var heldByteCount = 0
  /// Places beyond the limit by a hash of the band's number and min-hashes.
  private var places: [UInt64: [Int]] = [:]

  init(
    shards: SignedShards, settings: DeduplicationSettings, comparer: DocumentComparer,
    limits: Limits
  ) {
    self.shards = shards
    self.settings = settings
    self.comparer = comparer
    self.limits = limits
  }

  /// False once a member may not be compared with every kept document.
  var comparesAll: Bool { kept.count <= limits.forAll }

  mutating func append(
    _ member: ClusterMember, _ features: DocumentComparer.Features
  ) throws(DeduplicationError) {
    let place = kept.count
    guard place >= limits.forAll else {
      let isHeld = heldByteCount + features.byteCount <= limits.byteCount
      heldByteCount += isHeld ? features.byteCount : 0
      kept.append(Kept(member: member, features: isHeld ? features : nil))
      return
    }
    kept.append(Kept(member: member, features: nil))
    for key in try bandKeys(of: member) where places[key, default: []].count < limits.perBand {
      places[key, default: []].append(place)
    }
  }

  /// The place of the first kept document that a member is similar enough to, and its removal.
  func firstLike(
    _ member: ClusterMember, _ features: DocumentComparer.Features
  ) throws(DeduplicationError) -> (place: Int, removal: ClusterResolver.Removal)? {
    for place in kept.indices.prefix(limits.forAll) {
      if let removal = try compare(member, features, place) { return (place, removal) }
    }
    if comparesAll { return nil }
    var others: Set<Int> = []
    for key in try bandKeys(of: member) { others.formUnion(places[key] ?? []) }
    for place in others.sorted() {
      if let removal = try compare(member, features, place) { return (place, removal) }
    }
    return nil
  }

  /// The removal of a member for the document kept at a place, however similar the two are.
  func removal(
    of member: ClusterMember, _ features: DocumentComparer.Features, for place: Int
  ) throws(DeduplicationError) -> ClusterResolver.Removal {
    if let removal = try compare(member, features, place) { return removal }
    return ClusterResolver.Removal(
      reason: .near, similarity: try similarity(member, features, place).value)
  }

  /// Nil when the two are not similar enough.
  private func compare(
    _ member: ClusterMember, _ features: DocumentComparer.Features, _ place: Int
  ) throws(DeduplicationError) -> ClusterResolver.Removal? {
    let other = kept[place].member
    if member.digest == other.digest {
      return ClusterResolver.Removal(reason: .exact, similarity: .same)
    }
    let (similarity, isEnough) = try similarity(member, features, place)
    if let url = member.urlDigest, url == other.urlDigest {
      return ClusterResolver.Removal(reason: .url, similarity: similarity)
    }
    guard isEnough else { return nil }
    return ClusterResolver.Removal(reason: .near, similarity: similarity)
  }

  private func similarity(
    _ member: ClusterMember, _ features: DocumentComparer.Features, _ place: Int
  ) throws(DeduplicationError) -> (value: Similarity, isEnough: Bool) {
    let other = kept[place].member
    guard member.hasMinHashes, other.hasMinHashes else { return (.unknown, false) }
    var its = DocumentComparer.Features()
    if let held = kept[place].features {
      its = held
    } else {
      its = try comparer.features(of: other.document)
    }
    let similarity = comparer.similarity(features, its)
    return (similarity, comparer.isEnough(similarity, features, its))
  }

  /// A hash for each band, and for whatever else makes documents the same.
  private func bandKeys(of member: ClusterMember) throws(DeduplicationError) -> [UInt64] {
    let same = [member.digest.high] + (member.urlDigest.map { [$0.high] } ?? [])
    guard member.hasMinHashes else { return same }
    let hashes = try shards.minHashes(member.document)
    let byteCount = settings.rows * settings.hashBits / 8
    return same
      + (0..<settings.bands).map { band in
        let bytes = hashes.span.extracting((band * byteCount)..<((band + 1) * byteCount))
        return XXH64.hash(bytes, seed: UInt64(band))
      }
  }
}
