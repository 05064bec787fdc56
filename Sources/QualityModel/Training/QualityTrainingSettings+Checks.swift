package import TextAnalysis

extension QualityTrainingSettings {
  /// Refuses values outside their range, naming the setting.
  package func validate(labelCount: Int) throws(SettingsError) {
    let known = FeatureSettings.featureCounts
    if !known.contains(features) {
      throw SettingsError(
        setting: "features", message: "Must be from \(known.lowerBound) to \(known.upperBound).")
    }
    try require(minimumDocumentFrequency >= 1, "minimum-document-frequency", "1 or more")
    try require(Self.isPenalty(regularization ?? 0), "regularization", "0 or more")
    try require((0...1).contains(elasticNet ?? 0), "elastic-net", "from 0 to 1")
    try require(maximumIterations >= 0, "maximum-iterations", "0 or more")
    try require(Self.isPenalty(tolerance ?? 0), "tolerance", "0 or more")
    try require(inverseDocumentMinimum >= 0, "inverse-document-minimum", "0 or more")
    try require(heldOutShare >= 0 && heldOutShare < 1, "held-out-share", "from 0 to below 1")
    try require(patience >= 1, "patience", "1 or more")
    try validateTerms()
    try validateLabels(labelCount)
  }

  private func validateLabels(_ count: Int) throws(SettingsError) {
    let most = MulticlassScores.maximumClassCount
    if count > most {
      throw SettingsError(
        setting: "label",
        message: "Must name \(most) labels at most, and the texts have \(count); is it the right"
          + " member of their metadata?")
    }
    try require(
      family != .binomial || count == 2, "family", "auto or multinomial for \(count) labels")
    try require(
      labelWeights.isEmpty
        || labelWeights.count == count && labelWeights.allSatisfy(Self.isPenalty),
      "label-weights", "\(count) numbers, 0 or more, or none")
    try require(
      labelWeights.isEmpty || !balancesLabels, "balance", "false where there are label-weights")
    let isSingle = count == 2 && thresholds.count == 1
    try require(
      thresholds.isEmpty || isSingle || thresholds.count == count, "thresholds",
      count == 2 ? "one number, two, or none" : "\(count) numbers or none")
    // As Spark has it: no threshold below 0, and at most one is 0.
    try require(
      thresholds.allSatisfy { (0...1).contains($0) }
        && (isSingle || thresholds.count { $0 == 0 } <= 1),
      "thresholds", "from 0 to 1, and no two of them 0")
  }

  func require(
    _ condition: Bool, _ setting: String, _ expectation: String
  ) throws(SettingsError) {
    if !condition { throw SettingsError(setting: setting, message: "Must be \(expectation).") }
  }

  private static func isPenalty(_ value: Double) -> Bool { value >= 0 && value.isFinite }
}

extension QualityTrainingSettings {
  /// Rows of weights that a model for so many labels has.
  func rowCount(labelCount: Int) -> Int {
    labelCount == 2 && family != .multinomial ? 1 : labelCount
  }

  /// Which label a text gets: one threshold for one row of weights, else one a label, as Spark has them.
  func decision(labelCount: Int) -> DecisionRule {
    if rowCount(labelCount: labelCount) == 1 {
      return .threshold(DecisionRule.threshold(of: thresholds))
    }
    if thresholds.isEmpty { return .thresholds(Array(repeating: 1, count: labelCount)) }
    return .thresholds(
      thresholds.count == 1 ? [1 - thresholds[0], thresholds[0]] : thresholds)
  }

  /// How the weights are fitted, nothing left open; `labelSums` are the weights of the labels' texts.
  func regression(labelSums: [Double]) -> LogisticRegression.Settings {
    let settings = resolved
    var weights = labelWeights
    if balancesLabels {
      let sum = labelSums.reduce(0, +)
      weights = labelSums.map { $0 == 0 ? 0 : sum / (Double(labelSums.count) * $0) }
    }
    return LogisticRegression.Settings(
      regularization: settings.regularization ?? min(5e-5, 1 / max(1, labelSums.reduce(0, +))),
      elasticNet: settings.elasticNet ?? 0,
      standardization: settings.standardization ?? true, fitsIntercept: intercept,
      maximumIterations: maximumIterations, tolerance: settings.tolerance ?? 1e-6,
      searchesLikeSpark: pipeline == .spark,
      minimumRowCount: minimumDocumentFrequency, isMultinomial: family == .multinomial,
      labelWeights: weights,
      inverseDocumentMinimum: usesInverseDocumentFrequency ? inverseDocumentMinimum : nil,
      earlyStopping: heldOutShare == 0
        ? nil
        : EarlyStopping(
          share: heldOutShare, patience: patience, seed: UInt64(bitPattern: Int64(seed))))
  }
}
