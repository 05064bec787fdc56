import FoundationEssentials
import TestSupport

@testable import QualityModel

/// Tests/Fixtures/QualityModel/spark-regressions.jsonl, written by Tests/Tools/spark-regressions.py.
struct SparkRegressions {
  struct Heading: Decodable {
    struct Text: Decodable {
      let text: String
      let label: Int
      let second: Int
      let weight: Double
    }
    let features: Int
    let texts: [Text]
  }

  struct Model: Decodable {
    struct Settings: Decodable {
      let regParam: Double
      let elasticNetParam: Double?
      let standardization: Bool?
      let fitIntercept: Bool?
      let weightCol: String?
      let family: String?
      let maxIter: Int?
      let tol: Double?
      let thresholds: [Double]?
      let idf: Int?
    }
    let name: String
    let label: String
    let settings: Settings
    let weights: [[Double]]
    let intercepts: [Double]
    let objectives: [Double]
    let predictions: [Int]
    let idf: [Double]?
  }

  let heading: Heading
  let models: [Model]

  init() throws {
    let path = "\(SourceTree.root)/Tests/Fixtures/QualityModel/spark-regressions.jsonl"
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let lines = data.split(separator: UInt8(ascii: "\n"))
    let decoder = JSONDecoder()
    heading = try decoder.decode(Heading.self, from: lines[0])
    models = try lines.dropFirst().map { try decoder.decode(Model.self, from: $0) }
  }

  func texts(_ model: Model) -> [LabelledText] {
    heading.texts.map { text in
      LabelledText(
        text: Array(text.text.utf8), label: model.label == "second" ? text.second : text.label,
        weight: model.settings.weightCol == nil ? 1 : text.weight)
    }
  }

  func settings(_ model: Model) -> QualityTrainingSettings {
    var settings = QualityTrainingSettings()
    settings.pipeline = .spark
    settings.features = heading.features
    settings.regularization = model.settings.regParam
    settings.elasticNet = model.settings.elasticNetParam ?? 0
    settings.standardization = model.settings.standardization ?? true
    settings.intercept = model.settings.fitIntercept ?? true
    settings.maximumIterations = model.settings.maxIter ?? 100
    settings.tolerance = model.settings.tol ?? 1e-6
    settings.family = model.settings.family == "multinomial" ? .multinomial : .auto
    settings.thresholds = model.settings.thresholds ?? []
    settings.usesInverseDocumentFrequency = model.settings.idf != nil
    settings.inverseDocumentMinimum = model.settings.idf ?? 0
    return settings
  }

  /// Spark's weights as one of our models.
  func sparkModel(_ model: Model) -> LinearModel {
    let rowCount = model.weights.count
    return LinearModel(
      features: settings(model).featureSettings,
      labels: (0..<max(2, rowCount)).map(String.init),
      weights: WeightMatrix(
        rowCount: rowCount, features: (0..<UInt32(heading.features)).map { $0 },
        weights: (0..<heading.features).flatMap { feature in
          model.weights.map { $0[feature] }
        }, intercepts: model.intercepts),
      inverseDocumentFrequencies: model.idf ?? [],
      decision: settings(model).decision(labelCount: max(2, rowCount)), training: nil)
  }
}
