/// Says of candidate pairs whether their signatures bear them out.
///
/// A bucket can hold a crowd that shares a page's frame and nothing else; joining only verified pairs
/// keeps such crowds from becoming one set.
final class PairVerifier {
  private let shards: SignedShards
  private let leastEqualHashCount: Double
  /// The later document of the pair before: pairs come sorted by it.
  private var document: UInt64?
  private var hashes: [UInt8] = []

  init(shards: SignedShards, settings: DeduplicationSettings) {
    self.shards = shards
    leastEqualHashCount = settings.similarityFloor * Double(settings.hashCount)
  }

  func isSimilar(_ edge: Edge) throws(DeduplicationError) -> Bool {
    if edge.reason != .near || leastEqualHashCount == 0 { return true }
    if document != edge.document {
      hashes = try shards.minHashes(edge.document)
      document = edge.document
    }
    return Double(try shards.equalHashCount(edge.first, hashes)) >= leastEqualHashCount
  }
}
