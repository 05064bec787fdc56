internal import ByteKernels

/// Compares documents by what the shards hold of them.
///
/// The similarity is the share of equal min-hashes, an estimate of Jaccard similarity with a standard
/// error of `(J (1 - J) / hashes)^½`, 0.04 at J = 0.8 with 112 hashes.
struct DocumentComparer {
  private let shards: SignedShards
  private let hashCount: Int
  private let hashByteCount: Int
  private let floor: Double

  init(shards: SignedShards, settings: DeduplicationSettings) {
    self.shards = shards
    hashCount = settings.hashCount
    hashByteCount = settings.hashBits / 8
    floor = settings.similarityFloor
  }

  /// What is compared of a document that has min-hashes.
  func features(of document: UInt64) throws(DeduplicationError) -> [UInt8] {
    try shards.minHashes(document)
  }

  func similarity(_ left: [UInt8], _ right: [UInt8]) -> Similarity {
    Similarity(
      shared: RecordBytes.equalCount(
        left.span.raw, right.span.raw, count: hashCount, byteWidth: hashByteCount),
      total: hashCount)
  }

  /// True when a document may be removed for the sake of one this similar.
  func isEnough(_ similarity: Similarity) -> Bool { similarity.value >= floor }
}
