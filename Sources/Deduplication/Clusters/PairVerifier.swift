/// Says of candidate pairs how similar they are, and whether that is enough.
///
/// A bucket can hold a crowd that shares a page's frame and nothing else; joining only verified pairs
/// keeps such crowds from becoming one set.
final class PairVerifier {
  private let comparer: DocumentComparer
  /// The later document of the pair before: pairs come sorted by it.
  private var document: UInt64?
  private var features = DocumentComparer.Features()

  init(_ comparer: DocumentComparer) {
    self.comparer = comparer
  }

  /// Nil when the two are not similar enough.
  func verified(_ edge: Edge) throws(DeduplicationError) -> ComparedPair? {
    var similarity = edge.reason == .exact ? Similarity.same : .unknown
    if edge.reason == .near {
      if document != edge.document {
        features = try comparer.features(of: edge.document)
        document = edge.document
      }
      let others = try comparer.features(of: edge.earlier)
      similarity = comparer.similarity(features, others)
      guard comparer.isEnough(similarity, features, others) else { return nil }
    }
    return ComparedPair(
      document: edge.document, other: edge.earlier, similarity: similarity, reason: edge.reason)
  }
}
