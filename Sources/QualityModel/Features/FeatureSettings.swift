internal import TextAnalysis

/// How a text becomes the numbers a model weighs: the terms, how many features they are hashed to, and
/// what value each feature has.
package struct FeatureSettings: Sendable, Equatable, Codable {
  package var pipeline: FeaturePipeline
  package var featureCount: Int
  package var termWeight: TermWeight
  package var normalization: Normalization

  package init(
    pipeline: FeaturePipeline, featureCount: Int, termWeight: TermWeight,
    normalization: Normalization
  ) {
    self.pipeline = pipeline
    self.featureCount = featureCount
    self.termWeight = termWeight
    self.normalization = normalization
  }

  enum CodingKeys: String, CodingKey {
    case pipeline
    case featureCount = "feature-count"
    case termWeight = "term-weight"
    case normalization
  }

  /// The numbers of features a model can have; 2^30 need 8 GiB of weights.
  package static let featureCounts = 1...(1 << 30)
}

/// Which terms a text has and how they are hashed.
package enum FeaturePipeline: String, SettingChoice, Codable {
  /// Words and pairs of neighbouring words, hashed by `WordScanner`.
  case words = "default"
  /// Spark ML's Tokenizer and HashingTF.
  case spark
}

/// What a term that occurs several times counts for.
package enum TermWeight: String, SettingChoice, Codable {
  /// 1 however often it occurs.
  case binary
  /// As often as it occurs.
  case count
}

/// What a text's values are divided by.
package enum Normalization: String, SettingChoice, Codable {
  case none
  /// The square root of the sum of their squares, so that long and short texts compare.
  case euclidean
}
