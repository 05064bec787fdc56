package import Reports

/// How well scores tell good texts from bad ones.
///
/// A text is predicted good when its score is above the threshold. A figure that has no meaning, such as
/// the precision when nothing is predicted good, is nil. All figures are functions of the documents as a
/// set: their order does not matter.
package struct QualityReport: Sendable, Equatable {
  /// The shares of documents, in percent, whose keeping is reported.
  package static let keptPercents = [1, 5, 10, 20, 30, 50, 70, 90]

  package let threshold: Double
  /// Class 1 is good, class 0 bad.
  package let confusion: ConfusionMatrix
  /// The chance that a good text scores above a bad one, ties counting half: the area under the ROC curve.
  package let auc: Double?
  /// The standard deviation of `auc` over samples like this one.
  ///
  /// Nil with less than two texts of a class, and for an area of 0 or 1, from which it cannot be told.
  package let aucStandardError: Double?
  /// The precision at each distinct score, weighted by the recall gained there, as scikit-learn has it.
  package let averagePrecision: Double?
  /// The area under straight lines between the points of precision and recall: Spark's `areaUnderPR`.
  package let areaUnderPrecisionRecall: Double?
  /// Whether scores can be taken for probabilities.
  package let calibration: Calibration
  package let histogram: ScoreHistogram
  /// Those with most documents first; empty when no document has a source.
  package let sources: [SourceReport]
  /// The threshold with the highest F1 on these very documents.
  package let bestF1: ThresholdEffect?
  /// What keeping 1, 5, 10, 20, 30, 50, 70 and 90 % of the documents keeps.
  package let keptShares: [ThresholdEffect]
  /// At most a few hundred points that look like all.
  package let rocCurve: [CurvePoint]
  package let precisionRecallCurve: [CurvePoint]

  /// Judges scores from 0 to 1; `labels[i]` is true for a good text.
  package static func evaluate(
    scores: [Double], labels: [Bool], threshold: Double = 0.5
  ) throws(JudgingError) -> QualityReport {
    guard scores.count == labels.count else {
      throw .unequalCounts(scores: scores.count, labels: labels.count)
    }
    var documents = ScoredDocuments()
    for index in scores.indices {
      try documents.add(score: scores[index], isPositive: labels[index])
    }
    return QualityReport(documents, threshold: threshold)
  }

  /// Judges documents whose scores have been checked as they were added.
  ///
  /// - Complexity: O(n log n), and 8 bytes a document beside the documents.
  package init(_ documents: ScoredDocuments, threshold: Double = 0.5) {
    self.threshold = threshold
    // Before the ranking, so that one copy of the scores is held at a time.
    sources = SourceReport.reports(documents, threshold: threshold)
    let ranking = ScoreRanking(documents)
    confusion = ranking.confusion(threshold: threshold)
    auc = ranking.auc
    aucStandardError = ranking.aucStandardError
    averagePrecision = ranking.averagePrecision
    areaUnderPrecisionRecall = ranking.areaUnderPrecisionRecall
    calibration = Calibration(ranking)
    histogram = ScoreHistogram(positives: ranking.positives, negatives: ranking.negatives)
    bestF1 = ranking.bestF1
    keptShares = ranking.effects(keepingPercents: Self.keptPercents)
    rocCurve = ranking.rocCurve
    precisionRecallCurve = ranking.precisionRecallCurve
  }

  package var truePositiveCount: Int { confusion[actual: 1, predicted: 1] }
  package var falsePositiveCount: Int { confusion[actual: 0, predicted: 1] }
  package var trueNegativeCount: Int { confusion[actual: 0, predicted: 0] }
  package var falseNegativeCount: Int { confusion[actual: 1, predicted: 0] }
  package var documentCount: Int { confusion.documentCount }
  package var positiveCount: Int { confusion.support(1) }
  package var negativeCount: Int { confusion.support(0) }

  /// The share of good texts.
  package var prevalence: Double? { ClassFigures.ratio(positiveCount, documentCount) }
  package var accuracy: Double? { confusion.accuracy }
  /// The share of good texts among those predicted good.
  package var precision: Double? { confusion.figures(1).precision }
  /// The share of those predicted good among good texts.
  package var recall: Double? { confusion.figures(1).recall }
  /// The harmonic mean of precision and recall.
  package var f1: Double? { confusion.figures(1).f1 }
  package var logLoss: Double? { calibration.logLoss }
  package var brier: Double? { calibration.brier }
}

extension ScoreRanking {
  fileprivate func confusion(threshold: Double) -> ConfusionMatrix {
    var matrix = ConfusionMatrix(classCount: 2)
    for (scores, actual) in [(negatives, 0), (positives, 1)] {
      let keptCount = scores.reduce(0) { $0 + ($1 > threshold ? 1 : 0) }
      matrix.add(actual: actual, predicted: 1, count: keptCount)
      matrix.add(actual: actual, predicted: 0, count: scores.count - keptCount)
    }
    return matrix
  }
}
