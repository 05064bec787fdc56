import FoundationEssentials
import TestSupport

@testable import QualityModel

/// The models and predictions of `FastTextGold`.
struct FastTextVectors {
  struct Model: Decodable {
    let name: String
    /// A `.bin` or `.ftz`.
    let file: Data
    let labels: [String]
    let dimension: Int
    /// Of how many texts one was predicted.
    let stride: Int
    /// The bits of floats, labels in the model's order.
    let probabilities: [[UInt32]]
  }

  private struct Heading: Decodable {
    let texts: [Data]
  }

  /// Decoded once for all tests.
  static let shared = Result { try FastTextVectors() }

  let texts: [[UInt8]]
  let models: [Model]

  private init() throws {
    let lines = FastTextGold.lines.split(separator: "\n").map { Data($0.utf8) }
    texts = try JSONDecoder().decode(Heading.self, from: lines[0]).texts.map { [UInt8]($0) }
    models = try lines.dropFirst().map { try JSONDecoder().decode(Model.self, from: $0) }
  }

  /// The file of the model with a name.
  func file(_ name: String) -> [UInt8] {
    models.first { $0.name == name }.map { [UInt8]($0.file) } ?? []
  }
}

extension FastTextModel {
  /// The probabilities of all labels, with a scratch that may have been used before.
  func probabilities(_ text: [UInt8], _ scratch: inout FastTextScratch) -> [Float] {
    predict(text.span, &scratch)
    return scratch.probabilities
  }
}
