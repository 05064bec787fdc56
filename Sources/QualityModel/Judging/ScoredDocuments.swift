/// Scores with their labels and sources, gathered one document at a time to be judged.
///
/// Takes 11 bytes a document, and a histogram a source.
package struct ScoredDocuments: Sendable {
  /// Sources told apart; documents of any further ones are taken together, as `otherSources`.
  package static let maximumSourceCount = 256
  /// Stands for the sources beyond the first 256.
  package static let otherSources = "(other sources)"
  /// How far a score may lie outside 0...1 and still be a rounded probability: fastText gives 1.00001.
  package static let tolerance = 0.001

  private(set) var scores: [Double] = []
  private(set) var labels: [Bool] = []
  /// One a document, an index into `sourceNames`; empty until a document has a source.
  private(set) var sources: [UInt16] = []
  private(set) var sourceNames: [String] = []
  private var sourceIndices: [String: UInt16] = [:]

  package init() {}

  package var count: Int { scores.count }

  /// Adds a document's probability of being good and whether it is.
  ///
  /// Documents without a source stand under the empty name once others have one.
  package mutating func add(
    score: Double, isPositive: Bool, source: String? = nil
  ) throws(JudgingError) {
    try Self.check(score, document: count)
    if let source {
      if sources.isEmpty, count > 0 {
        sources = Array(repeating: index(of: ""), count: count)
      }
      sources.append(index(of: source))
    } else if !sources.isEmpty {
      sources.append(index(of: ""))
    }
    scores.append(score)
    labels.append(isPositive)
  }

  /// Refuses what is no probability, even with rounding.
  static func check(_ score: Double, document: Int) throws(JudgingError) {
    guard score.isFinite else { throw .notANumber(document: document) }
    guard score >= -tolerance, score <= 1 + tolerance else {
      throw .notAProbability(document: document, score: score)
    }
  }

  private mutating func index(of source: String) -> UInt16 {
    if let known = sourceIndices[source] { return known }
    let isFull = sourceNames.count >= Self.maximumSourceCount
    if isFull, sourceNames.count > Self.maximumSourceCount {
      return UInt16(Self.maximumSourceCount)
    }
    let index = UInt16(sourceNames.count)
    sourceNames.append(isFull ? Self.otherSources : source)
    if !isFull { sourceIndices[source] = index }
    return index
  }
}
