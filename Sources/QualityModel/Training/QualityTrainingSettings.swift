package import TextAnalysis

/// How a quality model is trained.
///
/// A setting that is null takes the value that suits the pipeline: for `spark` what Spark ML's
/// LogisticRegression has as its default. For `default` the penalty is 0.00005, or 1 over the number of
/// texts where that is less, as scikit-learn has it. Cross-validated within the training parts of three
/// clean sets and a noisy one of 842 to 6,000 texts, 0.00001 lost 0.018 of AUC on the noisy one and 0.0002
/// 0.006 on a clean one against the best; 0.00005 lost 0.007 and 0.0002.
package struct QualityTrainingSettings: StepSettings {
  package var pipeline = FeaturePipeline.words
  package var words: Int?
  package var characters: [Int] = []
  package var hash = WordHash.fast
  package var tokenPattern: String?
  package var tokenGaps = true
  package var minimumTokenLength = 1
  package var tokenLowerCase = true
  package var stopWords: [String] = []
  package var features = 1 << 18
  package var termWeight: TermWeight?
  package var normalization: Normalization?
  package var minimumDocumentFrequency = 1
  package var regularization: Double?
  package var elasticNet: Double?
  package var standardization: Bool?
  package var intercept = true
  package var maximumIterations = 100
  package var tolerance: Double?
  package var family = RegressionFamily.auto
  package var labelWeights: [Double] = []
  package var balancesLabels = false
  package var thresholds: [Double] = []
  package var usesInverseDocumentFrequency = false
  package var inverseDocumentMinimum = 0
  package var heldOutShare = 0.0
  package var patience = 5
  package var seed = 0

  package init() {}

  package static var settings: [Setting<Self>] {
    [
      .init("pipeline", \.pipeline, "Which terms a text has and how they are hashed.")
    ] + termSettings + [
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
        "Penalty on large weights (Spark's regParam); null is 0.00005 or 1 over the texts, and 0 for spark."
      ),
      .init(
        "elastic-net", \.elasticNet,
        "Share of the penalty that is L1, from 0 to 1; null is 0."),
      .init(
        "standardization", \.standardization,
        "Penalise weights in units of their feature's deviation; null is false, and true for spark."
      ),
      .init("intercept", \.intercept, "Fit a constant term."),
      .init("maximum-iterations", \.maximumIterations, "Iterations of L-BFGS."),
      .init(
        "tolerance", \.tolerance,
        "Relative change of the objective to stop at; null is 0.0001, and 0.000001 for spark."),
      .init("family", \.family, "One row of weights for two labels, or always one a label."),
      .init("label-weights", \.labelWeights, "What a text of each label counts for; empty is 1."),
      .init(
        "balance", \.balancesLabels, "Let all labels count alike, however many texts they have."),
      .init(
        "thresholds", \.thresholds,
        "The second label's probability to be above, or one number a label; empty is 0.5 or alike."),
      .init(
        "inverse-document-frequency", \.usesInverseDocumentFrequency,
        "Multiply counts with the logarithm of texts over texts with the feature."),
      .init(
        "inverse-document-minimum", \.inverseDocumentMinimum,
        "Features in fewer texts have the inverse document frequency 0 (Spark's minDocFreq)."),
      .init(
        "held-out-share", \.heldOutShare,
        "Share of the texts by whose log loss training stops early; 0 is none."),
      .init("patience", \.patience, "Iterations without a better log loss before stopping early."),
      .init("seed", \.seed, "Of the draw of held-out texts."),
    ]
  }

  /// The settings of the features, all decided.
  package var featureSettings: FeatureSettings {
    let isSpark = pipeline == .spark
    return FeatureSettings(
      terms: terms, featureCount: features,
      termWeight: termWeight ?? (isSpark ? .count : .binary),
      normalization: normalization ?? (isSpark ? .none : .euclidean))
  }

  /// The same settings with no null left.
  package var resolved: QualityTrainingSettings {
    var settings = self
    let isSpark = pipeline == .spark
    settings.termWeight = featureSettings.termWeight
    settings.normalization = featureSettings.normalization
    settings.elasticNet = elasticNet ?? 0
    // For a pipeline of our own it depends on the texts: see `regression`.
    settings.regularization = regularization ?? (isSpark ? 0 : nil)
    settings.tolerance = tolerance ?? (isSpark ? 1e-6 : 1e-4)
    settings.standardization = standardization ?? isSpark
    return settings
  }
}

/// How many rows of weights two labels have.
package enum RegressionFamily: String, SettingChoice {
  /// One for two labels, else one a label.
  case auto
  /// One; for two labels only.
  case binomial
  /// One a label.
  case multinomial
}
