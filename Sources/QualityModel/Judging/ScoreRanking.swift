/// The scores of good and of bad texts, each from high to low, and what follows from their order alone.
struct ScoreRanking {
  let positives: ArraySlice<Double>
  let negatives: ArraySlice<Double>

  /// Takes scores in any order, without NaN.
  ///
  /// - Complexity: O(n log n), and 8 bytes a score.
  init(positives: ArraySlice<Double>, negatives: ArraySlice<Double>) {
    self.positives = positives.sorted(by: >)[...]
    self.negatives = negatives.sorted(by: >)[...]
  }

  init(_ documents: ScoredDocuments) {
    var parts: ([Double], [Double]) = ([], [])
    let positiveCount = documents.labels.reduce(0) { $0 + ($1 ? 1 : 0) }
    parts.0.reserveCapacity(positiveCount)
    parts.1.reserveCapacity(documents.count - positiveCount)
    for (score, label) in zip(documents.scores, documents.labels) {
      if label { parts.0.append(score) } else { parts.1.append(score) }
    }
    parts.0.sort(by: >)
    parts.1.sort(by: >)
    positives = parts.0[...]
    negatives = parts.1[...]
  }

  var count: Int { positives.count + negatives.count }
}

/// All documents that score at least `score`.
struct ScoreCut: Equatable {
  let score: Double
  /// Good and bad documents among them.
  var truePositiveCount: Int
  var falsePositiveCount: Int

  var keptCount: Int { truePositiveCount + falsePositiveCount }
}

extension ScoreRanking: Sequence {
  /// The cuts below each distinct score, from the highest score to the lowest.
  struct Iterator: IteratorProtocol {
    private let positives: ArraySlice<Double>
    private let negatives: ArraySlice<Double>
    private var positive: Int
    private var negative: Int

    init(_ ranking: ScoreRanking) {
      positives = ranking.positives
      negatives = ranking.negatives
      positive = positives.startIndex
      negative = negatives.startIndex
    }

    mutating func next() -> ScoreCut? {
      let score: Double
      switch (positive < positives.endIndex, negative < negatives.endIndex) {
      case (true, true): score = Swift.max(positives[positive], negatives[negative])
      case (true, false): score = positives[positive]
      case (false, true): score = negatives[negative]
      case (false, false): return nil
      }
      while positive < positives.endIndex, positives[positive] == score { positive += 1 }
      while negative < negatives.endIndex, negatives[negative] == score { negative += 1 }
      return ScoreCut(
        score: score, truePositiveCount: positive - positives.startIndex,
        falsePositiveCount: negative - negatives.startIndex)
    }
  }

  func makeIterator() -> Iterator { Iterator(self) }
}
