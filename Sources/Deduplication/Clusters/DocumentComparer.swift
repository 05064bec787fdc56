internal import ByteKernels

/// Compares documents by what the shards hold of them.
///
/// By signatures, the similarity is the share of equal min-hashes: an estimate of Jaccard similarity
/// with a standard error of `(J (1 - J) / hashes)^½`, 0.04 at J = 0.8 with 112 hashes. Exactly, it is
/// the Jaccard similarity of the sets of shingles, told apart by hashes of 32 bits.
struct DocumentComparer {
  private let shards: SignedShards
  private let rule: VerificationRule
  private let hashCount: Int
  private let hashByteCount: Int
  private let floor: Double

  init(shards: SignedShards, settings: DeduplicationSettings) {
    self.shards = shards
    rule = settings.verification
    hashCount = settings.hashCount
    hashByteCount = settings.hashBits / 8
    floor = settings.similarityFloor
  }

  /// What is compared of a document that has min-hashes.
  func features(of document: UInt64) throws(DeduplicationError) -> [UInt8] {
    rule == .exact ? try shards.shingles(document) : try shards.minHashes(document)
  }

  func similarity(_ left: [UInt8], _ right: [UInt8]) -> Similarity {
    if rule == .exact {
      return ShingleSets.similarity(RecordBytes.words(of: left), RecordBytes.words(of: right))
    }
    return Similarity(
      shared: RecordBytes.equalCount(
        left.span.raw, right.span.raw, count: hashCount, byteWidth: hashByteCount),
      total: hashCount)
  }

  /// True when a document may be removed for the sake of one this similar.
  func isEnough(_ similarity: Similarity) -> Bool { rule == .none || similarity.value >= floor }
}
