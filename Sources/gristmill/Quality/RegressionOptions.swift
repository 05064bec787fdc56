import ArgumentParser
import FoundationEssentials
import Pipelines
import QualityModel
import TextAnalysis

/// How a model is trained.
struct RegressionOptions: ParsableArguments {
  @Option(help: "Which terms a text has: default, or spark for Spark ML's.")
  var pipeline: FeaturePipeline?

  @Option(help: "Features the terms are hashed to. Default: 262144.")
  var features: Int?

  @Option(help: "Penalty on large weights (Spark's regParam).")
  var regularization: Double?

  @Option(help: "Share of the penalty that is L1, from 0 to 1.")
  var elasticNet: Double?

  @Option(
    name: [.customLong("max-iterations"), .customLong("maximum-iterations")],
    help: "Iterations at most.")
  var maximumIterations: Int?

  @Option(help: "Relative change of the objective to stop at.")
  var tolerance: Double?

  @Flag(help: "Penalise the weights as they stand, not in units of their feature's deviation.")
  var noStandardization = false

  @Flag(help: "Fit no constant term.")
  var noIntercept = false

  @Option(help: "A file of words, one a line, that Spark's StopWordsRemover takes out.")
  var stopWords: String?

  /// `--set train.NAME=VALUE`, then the options above and the seed that were given.
  func overrides(_ given: [SettingOverride], seed: Int?) throws -> [SettingOverride] {
    var values: [(name: String, value: SettingValue?)] = [
      ("pipeline", pipeline.map { .string($0.rawValue) }),
      ("features", features.map { .integer($0) }),
      ("regularization", regularization.map { .number($0) }),
      ("elastic-net", elasticNet.map { .number($0) }),
      ("maximum-iterations", maximumIterations.map { .integer($0) }),
      ("tolerance", tolerance.map { .number($0) }),
      ("standardization", noStandardization ? .bool(false) : nil),
      ("intercept", noIntercept ? .bool(false) : nil), ("seed", seed.map { .integer($0) }),
    ]
    if let stopWords {
      let text = try refusing(stopWords) { try String(contentsOfFile: stopWords, encoding: .utf8) }
      let words = text.split(whereSeparator: \.isNewline).map { SettingValue.string(String($0)) }
      values.append(("stop-words", .list(words)))
    }
    return given
      + values.compactMap { name, value in
        value.flatMap { SettingOverride("\(QualitySearch.owner).\(name)=\($0.yaml)") }
      }
  }

  func settings(_ given: [SettingOverride], seed: Int?) throws -> QualityTrainingSettings {
    try QualityTrainingSettings.overridden(
      by: try overrides(given, seed: seed), owner: QualitySearch.owner)
  }
}

extension FeaturePipeline: ExpressibleByArgument {}
