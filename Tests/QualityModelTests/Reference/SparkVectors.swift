import FoundationEssentials
import TestSupport

@testable import QualityModel

/// Vectors written by Spark ML, read from the shared data.
enum SparkVectors {
  struct Term: Decodable {
    let term: String
    let h32: Int32
    let i262144: Int
    let i1048576: Int
    let i1000: Int
  }

  struct Tokens: Decodable {
    /// Nil on the first line, which holds parameters.
    let text: String?
    let tokenizer: [String]?
  }

  struct Row: Decodable {
    let text: String
    let label: Double?
    let weight: Double?
  }

  struct Regression: Decodable {
    struct HashingTF: Decodable {
      let numFeatures: Int
      let binary: Bool?
    }
    struct Parameters: Decodable {
      let regParam: Double?
      let elasticNetParam: Double?
      let standardization: Bool?
      let fitIntercept: Bool?
      let weightCol: String?
      let maxIter: Int?
      let tol: Double?
    }
    let name: String
    let hashingTF: HashingTF
    let lr: Parameters
    let intercept: Double
    let objectiveHistory: [Double]
    let indices: [UInt32]
    let coefficients: [Double]

    enum CodingKeys: String, CodingKey {
      case name, hashingTF, lr, intercept, objectiveHistory
      case indices = "coef_idx"
      case coefficients = "coef"
    }

    var features: FeatureSettings {
      FeatureSettings(
        pipeline: .spark, featureCount: hashingTF.numFeatures,
        termWeight: hashingTF.binary == true ? .binary : .count, normalization: .none)
    }

    /// The saved coefficients as one of our models.
    var model: LinearModel {
      LinearModel(
        features: features, labels: ["0", "1"],
        weights: WeightMatrix(
          rowCount: 1, features: indices, weights: coefficients, intercepts: [intercept]),
        inverseDocumentFrequencies: [], decision: .threshold(0.5), training: nil)
    }
  }

  struct Prediction: Decodable {
    let raw: [Double]
    let prob: [Double]
    let pred: Double
  }

  static let regressionNames = [
    "en_002_1000", "en_002_1000b", "en_002_18", "en_nostd_1000", "en_tight_1000", "l1_001_1000",
    "l1_001_1000b", "l1_001_18", "l2_001_1000", "l2_001_1000b", "l2_001_18", "l2_01_1000",
    "l2_noint_1000", "l2_nostd_1000", "l2_tight_1000", "l2_weight_thr_1000", "l2_weight_thr_1000b",
    "l2_weight_thr_18", "noreg_20it_1000",
  ]

  /// One value a line of `spark/<name>`; nil when the data is not there.
  static func lines<Value: Decodable>(_ name: String, as type: Value.Type) throws -> [Value]? {
    guard let path = SharedData.path("spark/\(name)") else { return nil }
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let decoder = JSONDecoder()
    return try data.split(separator: UInt8(ascii: "\n")).map { try decoder.decode(type, from: $0) }
  }
}

extension TrainingRecord {
  static let example = TrainingRecord(
    textCounts: [3, 2], minimumDocumentFrequency: 1, regularization: 0.01,
    elasticNet: 0, standardization: true, fitsIntercept: true, maximumIterations: 100,
    tolerance: 1e-6, iterationCount: 7, objective: 0.25, stop: "value-converged")
}
