internal import ByteKernels

/// Models that Spark ML saved, or can load: a PipelineModel that cuts texts into terms, hashes them, and
/// ends in a logistic regression.
///
/// Source: Spark 3.5 and 4.x, `org.apache.spark.ml`; the layout of the folders has been the same since
/// 2.1 but for names of files.
package enum SparkPipelineModel {
  private static let maximumStageCount = 1000
  private static let supported =
    "Tokenizer or RegexTokenizer, StopWordsRemover, NGram, HashingTF, IDFModel, "
    + "LogisticRegressionModel"
  private static let kinds: Set = [
    "Tokenizer", "RegexTokenizer", "StopWordsRemover", "NGram", "HashingTF", "IDFModel",
    "LogisticRegressionModel",
  ]
  /// They turn labels into numbers and back, and change nothing about the numbers of a text.
  private static let kindsOfLabels: Set = ["StringIndexerModel", "IndexToString"]

  /// True for a folder that Spark ML saved anything in.
  package static func isPipelineModel(directory: String) -> Bool {
    !SparkStage.parts("\(directory)/metadata").isEmpty
  }

  /// Reads a model that scores as it does in Spark.
  package static func read(directory: String) throws(QualityModelError) -> LinearModel {
    let root = try SparkStage(directory: directory)
    guard root.kind == "PipelineModel" else {
      throw root.failure(
        "holds a \(root.kind) alone; save the whole PipelineModel, which says how texts become "
          + "features: \(supported)")
    }
    var stages: [SparkStage] = []
    try collect(root, into: &stages)
    for stage in stages where !kinds.contains(stage.kind) && !kindsOfLabels.contains(stage.kind) {
      throw stage.failure("is a \(stage.kind); supported are \(supported)")
    }
    let regressions = stages.filter { $0.kind == "LogisticRegressionModel" }
    guard regressions.count == 1, let last = regressions.first else {
      throw root.failure(
        "has \(regressions.count) stages LogisticRegressionModel where one belongs")
    }
    let regression = try SparkRegression(last)
    let chain = try SparkChain(stages, from: try last.string("featuresCol") ?? "features", root)
    let features = try chain.features()
    guard features.featureCount == regression.featureCount else {
      throw QualityModelError(
        path: regression.data.path,
        message: "has \(regression.featureCount) features where HashingTF makes "
          + "\(features.featureCount)")
    }
    return LinearModel(
      features: features, labels: try labels(stages, regression),
      weights: try regression.weights(),
      inverseDocumentFrequencies: try chain.inverseDocumentFrequencies(features.featureCount),
      decision: try regression.decision(), training: nil)
  }

  /// The stages of a pipeline and of pipelines in it, in order.
  private static func collect(
    _ pipeline: SparkStage, into stages: inout [SparkStage], depth: Int = 0
  ) throws(QualityModelError) {
    guard let uids = try pipeline.strings("stageUids"), depth < 10,
      stages.count + uids.count <= maximumStageCount
    else { throw pipeline.failure("does not name its stages with stageUids") }
    let width = String(uids.count).count
    for (index, uid) in uids.enumerated() {
      let number = String(index)
      let padded = String(repeating: "0", count: max(0, width - number.count)) + number
      guard !uid.contains("/") else {
        throw pipeline.failure("has a stage with an impossible name")
      }
      let stage = try SparkStage(directory: "\(pipeline.directory)/stages/\(padded)_\(uid)")
      if stage.kind == "PipelineModel" {
        try collect(stage, into: &stages, depth: depth + 1)
      } else {
        stages.append(stage)
      }
    }
  }

  /// The names that an IndexToString gives the classes, or else their numbers.
  private static func labels(
    _ stages: [SparkStage], _ regression: SparkRegression
  ) throws(QualityModelError) -> [String] {
    let count = max(2, regression.rowCount)
    let prediction = try regression.stage.string("predictionCol") ?? "prediction"
    for stage in stages where stage.kind == "IndexToString" {
      guard try stage.string("inputCol") == prediction, let names = try stage.strings("labels"),
        names.count == count, Set(names).count == count
      else { continue }
      return names
    }
    return (0..<count).map { String($0) }
  }
}
