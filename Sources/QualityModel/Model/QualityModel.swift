/// A linear model of text quality: weights for hashed features, and an intercept.
///
/// Immutable and shared by all workers; each scores through a `QualityScorer` of its own.
package struct QualityModel: Sendable {
  package let features: FeatureSettings
  /// The margin of a text without features.
  package let intercept: Double
  /// The features that have a weight, ascending.
  package let weightedFeatures: [UInt32]
  /// Their weights, in the same order.
  package let weights: [Double]
  /// What the model was trained with and on.
  package let training: TrainingRecord

  let extractor: FeatureExtractor
  private let table: WeightTable

  /// `weightedFeatures` ascends and stays below the feature count; `weights` has the same length.
  init(
    features: FeatureSettings, intercept: Double, weightedFeatures: [UInt32], weights: [Double],
    training: TrainingRecord
  ) {
    self.features = features
    self.intercept = intercept
    self.weightedFeatures = weightedFeatures
    self.weights = weights
    self.training = training
    extractor = FeatureExtractor(features)
    table = WeightTable(
      featureCount: features.featureCount, features: weightedFeatures, weights: weights)
  }

  package func makeScorer() -> QualityScorer { QualityScorer(self) }

  /// The log odds that a text is good: the sum of weight times value in ascending order of features,
  /// over the text's divisor, plus the intercept.
  func margin(_ text: Span<UInt8>, _ scratch: inout FeatureScratch) -> Double {
    extractor.extract(text, into: &scratch)
    let (sum, sumOfSquares) = scratch.features.takeProduct(table)
    return sum / extractor.divisor(sumOfSquares: sumOfSquares) + intercept
  }

  /// The probability that a margin stands for.
  package static func probability(margin: Double) -> Double {
    1 / (1 + ElementaryFunctions.exponential(-margin))
  }
}
