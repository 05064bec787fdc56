internal import TextAnalysis

/// How a text becomes the numbers a model weighs: the terms, how many features they are hashed to, and
/// what value each feature has.
package struct FeatureSettings: Sendable, Equatable {
  package var terms: FeatureTerms
  package var featureCount: Int
  package var termWeight: TermWeight
  package var normalization: Normalization

  package init(
    terms: FeatureTerms, featureCount: Int, termWeight: TermWeight, normalization: Normalization
  ) {
    self.terms = terms
    self.featureCount = featureCount
    self.termWeight = termWeight
    self.normalization = normalization
  }

  /// The terms that a pipeline has by default.
  package init(
    pipeline: FeaturePipeline, featureCount: Int, termWeight: TermWeight,
    normalization: Normalization
  ) {
    self.init(
      terms: FeatureTerms(pipeline), featureCount: featureCount, termWeight: termWeight,
      normalization: normalization)
  }

  package var pipeline: FeaturePipeline { terms.pipeline }

  /// The numbers of features a model can have; 2^30 need 8 GiB of weights.
  package static let featureCounts = 1...(1 << 30)
}

/// The pipeline is named; its settings follow under the same name where they are not the default.
extension FeatureSettings: Codable {
  private enum CodingKeys: String, CodingKey {
    case pipeline
    case words = "default"
    case spark
    case featureCount = "feature-count"
    case termWeight = "term-weight"
    case normalization
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    switch try values.decode(FeaturePipeline.self, forKey: .pipeline) {
    case .words:
      terms = .words(try values.decodeIfPresent(WordTerms.self, forKey: .words) ?? WordTerms())
    case .spark:
      terms = .spark(try values.decodeIfPresent(SparkTerms.self, forKey: .spark) ?? SparkTerms())
    }
    featureCount = try values.decode(Int.self, forKey: .featureCount)
    termWeight = try values.decode(TermWeight.self, forKey: .termWeight)
    normalization = try values.decode(Normalization.self, forKey: .normalization)
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(pipeline, forKey: .pipeline)
    switch terms {
    case .words(let words):
      if words != WordTerms() { try values.encode(words, forKey: .words) }
    case .spark(let spark):
      if spark != SparkTerms() { try values.encode(spark, forKey: .spark) }
    }
    try values.encode(featureCount, forKey: .featureCount)
    try values.encode(termWeight, forKey: .termWeight)
    try values.encode(normalization, forKey: .normalization)
  }
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
  /// The square root of the sum of the squared counts, so that long and short texts compare.
  case euclidean
}
