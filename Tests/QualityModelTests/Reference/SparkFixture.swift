import FoundationEssentials
import TestSupport

@testable import QualityModel

/// Models that Spark trained and saved, and what it says of some texts; written by
/// Tests/Tools/generate-spark-models.py.
struct SparkFixture: Decodable {
  struct Model: Decodable {
    let name: String
    /// Base64, by path.
    let files: [String: Data]
    /// One a text.
    let rows: [Row]

    /// Unpacks the model into a folder.
    func unpack(to folder: String) throws {
      for (path, content) in files {
        let url = URL(fileURLWithPath: "\(folder)/\(path)")
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try content.write(to: url)
      }
    }
  }

  struct Row: Decodable {
    let tokens: [String]
    let indices: [Int]
    let values: [Double]
    /// As text, because some are infinite.
    let raw: [String]
    let probability: [Double]
    let prediction: Double

    var margins: [Double] { raw.map { Double($0) ?? .nan } }
  }

  let spark: String
  let texts: [String]
  let models: [Model]

  static let names = ["spark-models-3.5.json", "spark-models-4.json"]

  static func read(_ name: String) throws -> SparkFixture {
    try Fixture.json(name, as: SparkFixture.self)
  }
}
