/// What a pair task saw.
package struct PairCounts: Codable, Sendable, Equatable {
  /// Different candidate pairs.
  package var candidateCount = 0
  /// Those that are similar enough.
  package var verifiedCount = 0

  package init() {}

  /// The counts of two ranges together.
  package static func + (left: PairCounts, right: PairCounts) -> PairCounts {
    var sum = left
    sum.candidateCount += right.candidateCount
    sum.verifiedCount += right.verifiedCount
    return sum
  }
}
