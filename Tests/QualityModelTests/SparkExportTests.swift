import FoundationEssentials
import TestSupport
import Testing

@testable import QualityModel

/// Leaves models for Spark itself to load: `Tests/Tools/check-spark-models.py` says how.
struct SparkExportTests {
  /// What Spark has to say of the texts.
  private struct Expectation: Encodable {
    let texts: [String]
    /// As text, because some are infinite.
    let raw: [[String]]
    let prediction: [Double]
  }

  private static let folder = ProcessInfo.processInfo.environment["GRISTMILL_SPARK_EXPORT"]

  private func export(_ model: LinearModel, _ texts: [String], as name: String) throws {
    let folder = "\(try #require(Self.folder))/\(name)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try SparkPipelineModel.write(model, to: "\(folder)/model")
    var scratch = model.makeScratch()
    let margins = texts.map { model.margins(Array($0.utf8).span, &scratch) }
    let expectation = Expectation(
      texts: texts, raw: margins.map { $0.map(\.description) },
      prediction: margins.map { Double(model.label(margins: $0)) })
    try JSONEncoder().encode(expectation)
      .write(to: URL(fileURLWithPath: "\(folder)/expected.json"))
  }

  @Test(.enabled(if: folder != nil, "GRISTMILL_SPARK_EXPORT names no folder"))
  func `models are written for Spark to load`() throws {
    for name in SparkFixture.names {
      let fixture = try SparkFixture.read(name)
      for saved in fixture.models {
        let scratch = try ScratchFolder()
        try saved.unpack(to: scratch.path)
        let model = try SparkPipelineModel.read(directory: scratch.path)
        try export(model, fixture.texts, as: "\(fixture.spark)-\(saved.name)")
      }
    }
    for name in SparkVectors.regressionNames {
      guard let path = SharedData.path("spark/model_\(name)"),
        let texts = try SparkVectors.lines("lr_test.jsonl", as: SparkVectors.Row.self)
      else { continue }
      let model = try SparkPipelineModel.read(directory: path)
      try export(model, texts.map(\.text), as: "shared-\(name)")
    }
    try exportOwn()
  }

  /// A model made here, of all that Spark's own do not have: names of labels, odd words and patterns.
  private func exportOwn() throws {
    let tokenizer = SparkTokenizer(
      pattern: try JavaPattern("[\\s\"\\\\]+"), matchesGaps: true, minimumLength: 0,
      makesLowercase: true)
    let stopWords = SparkStopWords(
      words: ["the", "\"quoted\"", "tab\t", "日本", ""], isCaseSensitive: true, locale: "en_US")
    let terms = SparkTerms(tokenizer: tokenizer, stopWords: stopWords, wordCount: 2)
    let count = 300
    let features = (0..<UInt32(count)).filter { $0 % 3 != 0 }
    let model = LinearModel(
      features: FeatureSettings(
        terms: .spark(terms), featureCount: count, termWeight: .count, normalization: .none),
      labels: ["bad", "so so", "good"],
      weights: WeightMatrix(
        rowCount: 3, features: features,
        weights: features.flatMap { [0.1 * Double($0), -1 / Double($0), Double($0 % 7) - 3] },
        intercepts: [0.5, 0, -1e-300]),
      inverseDocumentFrequencies: (0..<count).map { 1 / (1 + Double($0)) },
      decision: .thresholds([0.2, 1, 0.7]), training: .example)
    let texts = ["", "a b c", "The \"quick\" brown\\fox 日本 x", " tab\t the the"]
    try export(model, texts, as: "own")
  }
}
