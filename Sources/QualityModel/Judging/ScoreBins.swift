/// Equal parts of 0...1; a score on an edge belongs to the part below it.
///
/// As in scikit-learn's `calibration_curve`, and in Guo et al. 2017 (On Calibration of Modern Neural Networks).
package struct ScoreBins: Sendable, Equatable {
  package let count: Int

  package init(count: Int) {
    precondition(count > 0, "at least one bin")
    self.count = count
  }

  /// The bin of a score; what lies outside 0...1 is in the first or the last.
  func index(of score: Double) -> Int {
    if !(score > 0) { return 0 }
    if score >= 1 { return count - 1 }
    // The product may be rounded across an edge; the edges themselves decide.
    var bin = Int(score * Double(count))
    if bin > 0, score <= lowerEdge(bin) { bin -= 1 }
    if score > lowerEdge(bin + 1) { bin += 1 }
    return bin
  }

  package func lowerEdge(_ bin: Int) -> Double { Double(bin) / Double(count) }
}

/// How many good and bad documents score in each of twenty equal parts of 0...1.
package struct ScoreHistogram: Sendable, Equatable {
  package static let bins = ScoreBins(count: 20)

  package private(set) var positiveCounts = [Int](repeating: 0, count: bins.count)
  package private(set) var negativeCounts = [Int](repeating: 0, count: bins.count)

  init(positives: some Sequence<Double>, negatives: some Sequence<Double>) {
    for score in positives { positiveCounts[Self.bins.index(of: score)] += 1 }
    for score in negatives { negativeCounts[Self.bins.index(of: score)] += 1 }
  }

  package var positiveCount: Int { positiveCounts.reduce(0, +) }
  package var negativeCount: Int { negativeCounts.reduce(0, +) }
}
