/// The content of `model.json`: everything about a model but its weights.
struct ModelDescription: Codable, Equatable {
  static let ourKind = "gristmill-quality-model"
  static let ourVersion = 1

  var kind = Self.ourKind
  /// Of this format; a reader refuses versions it does not know.
  var version = Self.ourVersion
  var pipeline: FeaturePipeline
  var featureCount: Int
  var termWeight: TermWeight
  var normalization: Normalization
  var intercept: Double
  var weightCount: Int
  var training: TrainingRecord

  enum CodingKeys: String, CodingKey {
    case kind, version, pipeline
    case featureCount = "feature-count"
    case termWeight = "term-weight"
    case normalization, intercept
    case weightCount = "weight-count"
    case training
  }

  init(_ model: QualityModel) {
    pipeline = model.features.pipeline
    featureCount = model.features.featureCount
    termWeight = model.features.termWeight
    normalization = model.features.normalization
    intercept = model.intercept
    weightCount = model.weights.count
    training = model.training
  }

  var features: FeatureSettings {
    FeatureSettings(
      pipeline: pipeline, featureCount: featureCount, termWeight: termWeight,
      normalization: normalization)
  }
}

/// The first two fields alone, to tell a foreign file and another version from a broken one.
struct ModelHeading: Decodable {
  var kind: String
  var version: Int
}
