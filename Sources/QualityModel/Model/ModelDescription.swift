/// The content of `model.json`: everything about a model but its weights.
struct ModelDescription: Codable, Equatable {
  static let ourKind = "gristmill-quality-model"
  static let ourVersion = 2

  var kind = Self.ourKind
  /// Of this format; a reader refuses versions it does not know.
  var version = Self.ourVersion
  var features: FeatureSettings
  var labels: [String]
  /// One a row of weights.
  var intercepts: [Double]
  /// Absent when false.
  var sumsFromIntercepts: Bool?
  /// Features with a weight in some row.
  var weightCount: Int
  var hasInverseDocumentFrequencies: Bool
  var decision: DecisionRule
  var training: TrainingRecord?

  enum CodingKeys: String, CodingKey {
    case kind, version, features, labels, intercepts
    case sumsFromIntercepts = "sums-from-intercepts"
    case weightCount = "weight-count"
    case hasInverseDocumentFrequencies = "inverse-document-frequencies"
    case decision, training
  }

  init(_ model: LinearModel) {
    features = model.features
    labels = model.labels
    intercepts = model.weights.intercepts
    sumsFromIntercepts = model.weights.sumsFromIntercepts ? true : nil
    weightCount = model.weights.features.count
    hasInverseDocumentFrequencies = !model.inverseDocumentFrequencies.isEmpty
    decision = model.decision
    training = model.training
  }

  /// Whether the parts fit each other.
  var isConsistent: Bool {
    guard FeatureSettings.featureCounts.contains(features.featureCount),
      !intercepts.isEmpty, labels.count == max(2, intercepts.count),
      (0...features.featureCount).contains(weightCount)
    else { return false }
    if sumsFromIntercepts == true, intercepts.count == 1 || features.normalization != .none {
      return false
    }
    switch decision {
    case .threshold(let threshold): return intercepts.count <= 2 && (0...1).contains(threshold)
    case .thresholds(let thresholds):
      return thresholds.count == labels.count && thresholds.allSatisfy { $0 >= 0 }
        && thresholds.count { $0 == 0 } < 2
    }
  }
}

/// The first two fields alone, to tell a foreign file and another version from a broken one.
struct ModelHeading: Decodable {
  var kind: String
  var version: Int
}
