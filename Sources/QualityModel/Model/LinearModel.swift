internal import ByteKernels

/// A linear model of text quality: weights for hashed features, and intercepts.
///
/// Immutable and shared by all workers; each brings a scratch of its own.
package struct LinearModel: Sendable {
  package let features: FeatureSettings
  /// The names of the labels; of two, the second is the one that the one row of weights speaks for.
  package let labels: [String]
  package let weights: WeightMatrix
  /// What each feature's count is multiplied with, one a feature; empty when counts stand as they are.
  package let inverseDocumentFrequencies: [Double]
  package let decision: DecisionRule
  /// What the model was trained with and on; nil when another program trained it and does not say.
  package let training: TrainingRecord?

  let extractor: FeatureExtractor
  private let table: WeightTable

  /// Features stay below the feature count; there are two labels for one row of weights, else one a row.
  package init(
    features: FeatureSettings, labels: [String], weights: WeightMatrix,
    inverseDocumentFrequencies: [Double], decision: DecisionRule, training: TrainingRecord?
  ) {
    precondition(labels.count == max(2, weights.rowCount), "one label a row, two for a single row")
    precondition(
      inverseDocumentFrequencies.isEmpty
        || inverseDocumentFrequencies.count == features.featureCount,
      "a number for each feature, or none")
    precondition(
      !weights.sumsFromIntercepts || features.normalization == .none,
      "what is added at the end alone can be divided before")
    self.features = features
    self.labels = labels
    self.weights = weights
    self.inverseDocumentFrequencies = inverseDocumentFrequencies
    self.decision = decision
    self.training = training
    extractor = FeatureExtractor(features)
    table = WeightTable(
      featureCount: features.featureCount, weights,
      inverseDocumentFrequencies: inverseDocumentFrequencies)
  }

  func makeScratch() -> FeatureScratch { extractor.makeScratch() }

  /// The log odds of the second of two labels; only for a model with one row of weights.
  ///
  /// The sum of weight times value in ascending order of features, over the text's divisor, plus the
  /// intercept.
  func margin(_ text: Span<UInt8>, _ scratch: inout FeatureScratch) -> Double {
    precondition(weights.rowCount == 1, "a model of two labels")
    extractor.extract(text, into: &scratch)
    let (sum, sumOfSquares) = scratch.features.takeProduct(table)
    return sum / extractor.divisor(sumOfSquares: sumOfSquares) + weights.intercepts[0]
  }

  /// The margins of all labels; of two labels with one row, minus the log odds and the log odds.
  func margins(_ text: Span<UInt8>, _ scratch: inout FeatureScratch) -> [Double] {
    if weights.rowCount == 1 {
      let margin = margin(text, &scratch)
      return [-margin, margin]
    }
    extractor.extract(text, into: &scratch)
    if weights.sumsFromIntercepts {
      return scratch.features.takeProducts(table, from: weights.intercepts).sums
    }
    let (sums, sumOfSquares) = scratch.features.takeProducts(table)
    let divisor = extractor.divisor(sumOfSquares: sumOfSquares)
    return zip(sums, weights.intercepts).map { $0 / divisor + $1 }
  }

  /// What the probability of the second of two labels must be above; 0.5 where there are more labels.
  package var threshold: Double {
    switch decision {
    case .threshold(let threshold): threshold
    case .thresholds(let thresholds): DecisionRule.threshold(of: thresholds)
    }
  }

  /// The probabilities of all labels, from one margin a row of weights.
  package func probabilities(rowMargins: [Double]) -> [Double] {
    probabilities(margins: margins(rowMargins: rowMargins))
  }

  /// The position of the label that a text gets, from one margin a row of weights.
  package func label(rowMargins: [Double]) -> Int {
    label(margins: margins(rowMargins: rowMargins))
  }

  private func margins(rowMargins: [Double]) -> [Double] {
    weights.rowCount == 1 ? [-rowMargins[0], rowMargins[0]] : rowMargins
  }

  /// The probabilities of all labels, from their margins.
  func probabilities(margins: [Double]) -> [Double] {
    if weights.rowCount == 1 {
      let (first, second) = probabilities(logOdds: margins[1])
      return [first, second]
    }
    let highest = margins.max() ?? 0
    if highest == .infinity {
      let winner = margins.firstIndex(of: highest)
      return margins.indices.map { $0 == winner ? 1 : 0 }
    }
    let powers = margins.map { ElementaryFunctions.exponential($0 - highest) }
    // Multiplied, and not divided, because Spark does so; it can change the last bit.
    let factor = 1 / powers.reduce(0, +)
    return powers.map { $0 * factor }
  }

  /// The position of the label that a text with these margins gets.
  ///
  /// As in Spark the margin decides, not the probability, whose digits run out: a threshold stands for log odds,
  /// and where all labels have the threshold 1 the greatest margin wins.
  func label(margins: [Double]) -> Int {
    switch decision {
    case .threshold(let threshold) where weights.rowCount == 1:
      let odds = threshold / (1 - threshold)
      return margins[1] > ElementaryFunctions.logarithm(odds) ? 1 : 0
    case .thresholds(let thresholds) where thresholds.allSatisfy({ $0 == 1 }):
      let greatest = margins.max() ?? 0
      return margins.firstIndex(of: greatest) ?? 0
    default: return decision.label(probabilities: probabilities(margins: margins))
    }
  }

  /// The probabilities of two labels, from the log odds of the second.
  ///
  /// One is computed and the other what it leaves: for Spark's terms the first, as in Spark, so that no bit
  /// differs; else the second, so that a small score keeps its digits.
  package func probabilities(logOdds margin: Double) -> (first: Double, second: Double) {
    if features.pipeline == .spark {
      let first = 1 / (1 + ElementaryFunctions.exponential(margin))
      return (first, 1 - first)
    }
    let second = 1 / (1 + ElementaryFunctions.exponential(-margin))
    return (1 - second, second)
  }
}
