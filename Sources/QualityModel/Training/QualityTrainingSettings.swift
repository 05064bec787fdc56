package import TextAnalysis

/// How a quality model is trained.
///
/// A setting that is null takes the value that suits the pipeline: for `spark` what Spark ML's
/// LogisticRegression has as its default, for `default` what five-fold cross-validation inside the
/// training parts of three labelled sets preferred, by log loss. There 0.1 and 0.2 as the L1 share are
/// as good as each other; 0.2 leaves half as many weights.
package struct QualityTrainingSettings: StepSettings {
  package var pipeline = FeaturePipeline.words
  package var features = 1 << 18
  package var termWeight: TermWeight?
  package var normalization: Normalization?
  package var minimumDocumentFrequency = 1
  package var regularization: Double?
  package var elasticNet: Double?
  package var standardization: Bool?
  package var intercept = true
  package var maximumIterations = 100
  package var tolerance = 1e-6

  package init() {}

  package static var settings: [Setting<Self>] {
    [
      .init("pipeline", \.pipeline, "Which terms a text has and how they are hashed."),
      .init("features", \.features, "Number of features the terms are hashed to."),
      .init(
        "term-weight", \.termWeight,
        "What a repeated term counts for; null is binary, and count for spark."),
      .init(
        "normalization", \.normalization,
        "What a text's values are divided by; null is euclidean, and none for spark."),
      .init(
        "minimum-document-frequency", \.minimumDocumentFrequency,
        "Features in fewer training texts have no weight."),
      .init(
        "regularization", \.regularization,
        "Penalty on large weights (Spark's regParam); null is 0.00001, and 0 for spark."),
      .init(
        "elastic-net", \.elasticNet,
        "Share of the penalty that is L1, from 0 to 1; null is 0.2, and 0 for spark."),
      .init(
        "standardization", \.standardization,
        "Penalise weights in units of their feature's deviation; null is false, and true for spark."
      ),
      .init("intercept", \.intercept, "Fit a constant term."),
      .init("maximum-iterations", \.maximumIterations, "Iterations of L-BFGS."),
      .init("tolerance", \.tolerance, "Relative change of the objective to stop at."),
    ]
  }

  /// The settings of the features, all decided.
  package var featureSettings: FeatureSettings {
    let isSpark = pipeline == .spark
    return FeatureSettings(
      pipeline: pipeline, featureCount: features,
      termWeight: termWeight ?? (isSpark ? .count : .binary),
      normalization: normalization ?? (isSpark ? .none : .euclidean))
  }

  /// The same settings with no null left.
  package var resolved: QualityTrainingSettings {
    var settings = self
    let isSpark = pipeline == .spark
    settings.termWeight = featureSettings.termWeight
    settings.normalization = featureSettings.normalization
    settings.elasticNet = elasticNet ?? (isSpark ? 0 : 0.2)
    settings.regularization = regularization ?? (isSpark ? 0 : 1e-5)
    settings.standardization = standardization ?? isSpark
    return settings
  }

  /// Refuses values outside their range, naming the setting.
  package func validate() throws(SettingsError) {
    let known = FeatureSettings.featureCounts
    if !known.contains(features) {
      throw SettingsError(
        setting: "features", message: "Must be from \(known.lowerBound) to \(known.upperBound).")
    }
    if minimumDocumentFrequency < 1 {
      throw SettingsError(setting: "minimum-document-frequency", message: "Must be 1 or more.")
    }
    if let regularization, !(regularization >= 0 && regularization.isFinite) {
      throw SettingsError(setting: "regularization", message: "Must be 0 or more.")
    }
    if let elasticNet, !(0...1).contains(elasticNet) {
      throw SettingsError(setting: "elastic-net", message: "Must be from 0 to 1.")
    }
    if maximumIterations < 0 {
      throw SettingsError(setting: "maximum-iterations", message: "Must be 0 or more.")
    }
    if !(tolerance >= 0 && tolerance.isFinite) {
      throw SettingsError(setting: "tolerance", message: "Must be 0 or more.")
    }
  }
}
