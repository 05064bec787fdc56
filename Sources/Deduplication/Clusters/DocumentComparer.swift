internal import ByteKernels

/// Compares documents by what the shards hold of them.
///
/// By signatures, the similarity is the share of equal min-hashes: an estimate of Jaccard similarity
/// with a standard error of `(J (1 - J) / hashes)^½`, 0.04 at J = 0.8 with 112 hashes. Exactly, it is
/// the Jaccard similarity of the sets of shingles, told apart by hashes of 32 bits.
struct DocumentComparer {
  /// What is compared of a document; empty for one without min-hashes.
  struct Features {
    /// As they are on disk; empty where only the shingles are compared.
    var minHashes: [UInt8] = []
    /// Empty unless they are compared.
    var shingles: [UInt32] = []

    var byteCount: Int { minHashes.count + 4 * shingles.count }
  }

  private let shards: SignedShards
  private let rule: VerificationRule
  private let hashCount: Int
  private let hashByteCount: Int
  private let floor: Double
  private let bands: Int
  /// True when documents are similar enough that are candidates of each other, however similar.
  let takesCandidates: Bool

  init(shards: SignedShards, settings: DeduplicationSettings) {
    self.shards = shards
    rule = settings.verification
    hashCount = settings.hashCount
    hashByteCount = settings.hashBits / 8
    floor = settings.similarityFloor
    bands = settings.bands
    takesCandidates = settings.verification == .none || settings.similarityFloor <= 0
  }

  /// What is compared of a document that has min-hashes.
  func features(of document: UInt64) throws(DeduplicationError) -> Features {
    var features = Features()
    if rule == .exact { features.shingles = RecordBytes.words(of: try shards.shingles(document)) }
    if rule != .exact || takesCandidates { features.minHashes = try shards.minHashes(document) }
    return features
  }

  func similarity(_ left: Features, _ right: Features) -> Similarity {
    if rule == .exact { return ShingleSets.similarity(left.shingles, right.shingles) }
    return Similarity(
      shared: RecordBytes.equalCount(
        left.minHashes.span.raw, right.minHashes.span.raw, count: hashCount,
        byteWidth: hashByteCount),
      total: hashCount)
  }

  /// True when a document may be removed for the sake of one this similar: where every candidate is
  /// taken, one that is equal in a band.
  func isEnough(_ similarity: Similarity, _ left: Features, _ right: Features) -> Bool {
    takesCandidates ? sharesBand(left, right) : similarity.value >= floor
  }

  private func sharesBand(_ left: Features, _ right: Features) -> Bool {
    let byteCount = hashCount / max(1, bands) * hashByteCount
    return (0..<bands).contains { band in
      let place = (band * byteCount)..<((band + 1) * byteCount)
      return left.minHashes[place] == right.minHashes[place]
    }
  }
}
