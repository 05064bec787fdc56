internal import ByteKernels

/// Whether scores can be taken at their word, so that of texts that score 0.8 80 % are good.
package struct Calibration: Sendable, Equatable {
  /// The documents whose scores lie in one of ten equal parts of 0...1.
  package struct Bin: Sendable, Equatable {
    package let lowerEdge: Double
    package let upperEdge: Double
    package fileprivate(set) var documentCount = 0
    package fileprivate(set) var positiveCount = 0
    fileprivate var scoreSum = 0.0

    /// Nil without documents, as is the share of good ones.
    package var meanScore: Double? {
      documentCount == 0 ? nil : scoreSum / Double(documentCount)
    }
    package var positiveShare: Double? {
      documentCount == 0 ? nil : Double(positiveCount) / Double(documentCount)
    }
    /// The distance of the two.
    package var error: Double? {
      guard let meanScore, let positiveShare else { return nil }
      return (meanScore - positiveShare).magnitude
    }
  }

  /// Ten, from low to high scores.
  package private(set) var bins: [Bin]
  /// The mean of squared distances of score and label, which is 0 or 1 (Brier 1950).
  package let brier: Double?
  /// The mean of -ln of the probability given to the true label, in nats.
  package let logLoss: Double?

  /// Scores outside 0...1 count as 0 or 1; figures are nil without documents.
  init(_ ranking: ScoreRanking) {
    let parts = ScoreBins(count: 10)
    bins = (0..<parts.count).map {
      Bin(lowerEdge: parts.lowerEdge($0), upperEdge: parts.lowerEdge($0 + 1))
    }
    var (squares, losses) = (0.0, 0.0)
    for (scores, isPositive) in [(ranking.negatives, false), (ranking.positives, true)] {
      for score in scores {
        let probability = min(max(score, 0), 1)
        let given = isPositive ? probability : 1 - probability
        squares += (1 - given) * (1 - given)
        losses += Self.loss(given)
        let bin = parts.index(of: probability)
        bins[bin].documentCount += 1
        bins[bin].positiveCount += isPositive ? 1 : 0
        bins[bin].scoreSum += probability
      }
    }
    let count = Double(ranking.count)
    brier = ranking.count == 0 ? nil : squares / count
    logLoss = ranking.count == 0 ? nil : losses / count
  }

  /// The mean over documents of the error of their bin.
  ///
  /// ECE of Guo et al. 2017.
  package var expectedError: Double? {
    let count = bins.reduce(0) { $0 + $1.documentCount }
    if count == 0 { return nil }
    let sum = bins.reduce(0.0) { $0 + Double($1.documentCount) * ($1.error ?? 0) }
    return sum / Double(count)
  }

  /// The largest error of a bin.
  ///
  /// MCE of Guo et al. 2017.
  package var maximumError: Double? { bins.compactMap(\.error).max() }

  /// -ln of a probability kept 2^-52 away from 0 and 1, so that one sure mistake does not cost infinity.
  static func loss(_ probability: Double) -> Double {
    -ElementaryFunctions.logarithm(min(max(probability, .ulpOfOne), 1 - .ulpOfOne))
  }
}
