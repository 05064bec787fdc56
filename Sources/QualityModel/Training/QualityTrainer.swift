package import TextAnalysis

/// Trains a quality model from labelled texts; texts are let go as soon as their features are taken.
///
/// The model is a function of the texts, their order and the settings.
package struct QualityTrainer {
  private let settings: QualityTrainingSettings
  private let extractor: FeatureExtractor
  private var scratch: FeatureScratch
  private var rows: SparseRows
  private var labels: [Double] = []
  private var rowWeights: [Double] = []
  /// Texts with a weight above zero.
  package private(set) var positiveCount = 0
  package private(set) var negativeCount = 0

  package init(_ settings: QualityTrainingSettings) throws(SettingsError) {
    try settings.validate()
    self.settings = settings.resolved
    extractor = FeatureExtractor(settings.featureSettings)
    scratch = extractor.makeScratch()
    rows = SparseRows(columnCount: settings.features)
  }

  /// Adds a text, UTF-8, that stands for `weight` texts.
  package mutating func add(_ text: Span<UInt8>, isPositive: Bool, weight: Double = 1) {
    precondition(weight >= 0 && weight.isFinite, "weights are not negative")
    extractor.extract(text, into: &scratch)
    rows.append(extractor, &scratch)
    labels.append(isPositive ? 1 : 0)
    rowWeights.append(weight)
    if weight > 0 {
      positiveCount += isPositive ? 1 : 0
      negativeCount += isPositive ? 0 : 1
    }
  }

  /// Fits the model to the texts added so far.
  package func finish() throws(QualityTrainingError) -> LinearModel {
    if positiveCount == 0 { throw .noPositives }
    if negativeCount == 0 { throw .noNegatives }
    let fit = LogisticRegression.fit(
      rows, labels: labels, rowWeights: rowWeights, regressionSettings)
    return LinearModel(
      features: extractor.settings, labels: ["0", "1"],
      weights: WeightMatrix(
        rowCount: 1, features: fit.features, weights: fit.weights, intercepts: [fit.intercept]),
      inverseDocumentFrequencies: [], decision: .threshold(0.5), training: record(fit))
  }

  /// Trains on texts that are all at hand.
  package static func train(
    _ examples: [LabelledText], _ settings: QualityTrainingSettings
  ) throws -> LinearModel {
    var trainer = try QualityTrainer(settings)
    for example in examples {
      trainer.add(example.text.span, isPositive: example.isPositive, weight: example.weight)
    }
    return try trainer.finish()
  }

  private var regressionSettings: LogisticRegression.Settings {
    LogisticRegression.Settings(
      regularization: settings.regularization ?? 0, elasticNet: settings.elasticNet ?? 0,
      standardization: settings.standardization ?? true, fitsIntercept: settings.intercept,
      maximumIterations: settings.maximumIterations, tolerance: settings.tolerance,
      scalesFeatures: settings.pipeline == .spark || settings.standardization == true,
      minimumRowCount: settings.minimumDocumentFrequency)
  }

  private func record(_ fit: LogisticRegression.Fit) -> TrainingRecord {
    let regression = regressionSettings
    return TrainingRecord(
      positiveCount: positiveCount, negativeCount: negativeCount,
      minimumDocumentFrequency: regression.minimumRowCount,
      regularization: regression.regularization, elasticNet: regression.elasticNet,
      standardization: regression.standardization, fitsIntercept: regression.fitsIntercept,
      maximumIterations: regression.maximumIterations, tolerance: regression.tolerance,
      iterationCount: fit.objectives.count - 1, objective: fit.objectives.last ?? 0,
      stop: fit.stop.rawValue)
  }
}

/// The texts do not allow training.
package enum QualityTrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  case noPositives
  case noNegatives

  package var description: String {
    switch self {
    case .noPositives: "No good texts to train on; give both good and bad ones."
    case .noNegatives: "No bad texts to train on; give both good and bad ones."
    }
  }
}
