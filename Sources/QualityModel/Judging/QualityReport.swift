/// How well scores tell good texts from bad ones.
///
/// A text is predicted good when its score is above the threshold. A figure that has no meaning, such as
/// the precision when nothing is predicted good, is nil.
package struct QualityReport: Sendable, Equatable {
  package let threshold: Double
  package let truePositiveCount: Int
  package let falsePositiveCount: Int
  package let trueNegativeCount: Int
  package let falseNegativeCount: Int
  /// The chance that a good text scores above a bad one, ties counting half: the area under the ROC curve.
  package let auc: Double?
  /// The mean of -ln of the probability given to the true label, in nats; nil without texts.
  package let logLoss: Double?

  /// Judges scores from 0 to 1; `labels[i]` is true for a good text.
  package static func evaluate(
    scores: [Double], labels: [Bool], threshold: Double = 0.5
  ) -> QualityReport {
    precondition(scores.count == labels.count, "one label a score")
    precondition(scores.allSatisfy { !$0.isNaN }, "scores are numbers")
    var counts = [0, 0, 0, 0]
    for (score, label) in zip(scores, labels) {
      counts[(label ? 2 : 0) + (score > threshold ? 1 : 0)] += 1
    }
    return QualityReport(
      threshold: threshold, truePositiveCount: counts[3], falsePositiveCount: counts[1],
      trueNegativeCount: counts[0], falseNegativeCount: counts[2],
      auc: areaUnderCurve(scores, labels), logLoss: meanLogLoss(scores, labels))
  }

  package var documentCount: Int { positiveCount + trueNegativeCount + falsePositiveCount }
  package var positiveCount: Int { truePositiveCount + falseNegativeCount }

  /// The share of good texts.
  package var prevalence: Double? { Self.ratio(positiveCount, documentCount) }
  package var accuracy: Double? {
    Self.ratio(truePositiveCount + trueNegativeCount, documentCount)
  }
  /// The share of good texts among those predicted good.
  package var precision: Double? {
    Self.ratio(truePositiveCount, truePositiveCount + falsePositiveCount)
  }
  /// The share of those predicted good among good texts.
  package var recall: Double? { Self.ratio(truePositiveCount, positiveCount) }
  /// The harmonic mean of precision and recall.
  package var f1: Double? {
    Self.ratio(
      2 * truePositiveCount, 2 * truePositiveCount + falsePositiveCount + falseNegativeCount)
  }

  private static func ratio(_ part: Int, _ whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }

  /// Mann and Whitney's U from ranks, in whole numbers; equal scores share their ranks.
  private static func areaUnderCurve(_ scores: [Double], _ labels: [Bool]) -> Double? {
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var doubledWins = 0
    var negativesBelow = 0
    var positiveCount = 0
    var start = 0
    while start < order.count {
      var end = start
      var positives = 0
      while end < order.count, scores[order[end]] == scores[order[start]] {
        positives += labels[order[end]] ? 1 : 0
        end += 1
      }
      let negatives = end - start - positives
      doubledWins += positives * (2 * negativesBelow + negatives)
      negativesBelow += negatives
      positiveCount += positives
      start = end
    }
    if positiveCount == 0 || negativesBelow == 0 { return nil }
    return Double(doubledWins) / (2 * Double(positiveCount) * Double(negativesBelow))
  }

  /// Probabilities are kept 2^-52 away from 0 and 1, so that one sure mistake does not cost infinity.
  private static func meanLogLoss(_ scores: [Double], _ labels: [Bool]) -> Double? {
    if scores.isEmpty { return nil }
    var sum = 0.0
    for (score, label) in zip(scores, labels) {
      let given = label ? score : 1 - score
      sum -= ElementaryFunctions.logarithm(min(max(given, .ulpOfOne), 1 - .ulpOfOne))
    }
    return sum / Double(scores.count)
  }
}
