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

  /// The standard deviation that `auc` would have over samples like this one.
  ///
  /// DeLong et al. 1988, without assuming how scores are distributed. Texts that depend on one another,
  /// such as near copies, make the true deviation larger. Nil with less than two texts of a class, and for
  /// an area of 0 or 1, from which no deviation can be told.
  var aucStandardError: Double? {
    guard let auc, auc > 0, auc < 1, positives.count > 1, negatives.count > 1 else { return nil }
    let (positiveTotal, negativeTotal) = (Double(positives.count), Double(negatives.count))
    var (positiveSquares, negativeSquares) = (0.0, 0.0)
    var (positiveCount, negativeCount) = (0, 0)
    for cut in self {
      let positives = Double(cut.truePositiveCount - positiveCount)
      let negatives = Double(cut.falsePositiveCount - negativeCount)
      // The share of the other class that each text of this score is on the right side of.
      let below =
        (Double(self.negatives.count - cut.falsePositiveCount) + negatives / 2) / negativeTotal
      let above = (Double(positiveCount) + positives / 2) / positiveTotal
      positiveSquares += positives * (below - auc) * (below - auc)
      negativeSquares += negatives * (above - auc) * (above - auc)
      (positiveCount, negativeCount) = (cut.truePositiveCount, cut.falsePositiveCount)
    }
    let variance =
      positiveSquares / (positiveTotal - 1) / positiveTotal
      + negativeSquares / (negativeTotal - 1) / negativeTotal
    return variance.squareRoot()
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
