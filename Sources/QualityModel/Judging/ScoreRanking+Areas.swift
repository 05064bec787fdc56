/// The areas under curves; nil where a class is missing without which they mean nothing.
extension ScoreRanking {
  /// The chance that a good text scores above a bad one, ties counting half: the area under the ROC curve.
  ///
  /// Mann and Whitney's U divided by the number of pairs, in whole numbers until the division.
  var auc: Double? {
    if positives.isEmpty || negatives.isEmpty { return nil }
    var doubledWins = 0
    var (positiveCount, negativeCount) = (0, 0)
    for cut in self {
      let tied = cut.falsePositiveCount - negativeCount
      let below = negatives.count - cut.falsePositiveCount
      doubledWins += (cut.truePositiveCount - positiveCount) * (2 * below + tied)
      (positiveCount, negativeCount) = (cut.truePositiveCount, cut.falsePositiveCount)
    }
    return Double(doubledWins) / (2 * Double(positives.count) * Double(negatives.count))
  }

  /// The precision at each distinct score, weighted by the recall gained there.
  ///
  /// scikit-learn's `average_precision_score`: the area under the stairs of the precision-recall curve.
  var averagePrecision: Double? {
    if positives.isEmpty { return nil }
    var sum = 0.0
    var positiveCount = 0
    for cut in self {
      let precision = Double(cut.truePositiveCount) / Double(cut.keptCount)
      sum += Double(cut.truePositiveCount - positiveCount) * precision
      positiveCount = cut.truePositiveCount
    }
    return sum / Double(positives.count)
  }

  /// The area under straight lines between the points of the precision-recall curve.
  ///
  /// Spark's `areaUnderPR` without bins, which starts at recall 0 with the first precision; straight
  /// lines promise more than a threshold can give, so it lies above the average precision as a rule.
  var areaUnderPrecisionRecall: Double? {
    if positives.isEmpty { return nil }
    var doubledSum = 0.0
    var before: (positiveCount: Int, precision: Double)?
    for cut in self {
      let precision = Double(cut.truePositiveCount) / Double(cut.keptCount)
      let (count, last) = before ?? (0, precision)
      doubledSum += Double(cut.truePositiveCount - count) * (last + precision)
      before = (cut.truePositiveCount, precision)
    }
    return doubledSum / (2 * Double(positives.count))
  }
}
