import FoundationEssentials
import TestSupport

/// Files that other programs wrote for these tests.
enum Fixture {
  static func json<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    let path = "\(SourceTree.root)/Tests/Fixtures/QualityModel/\(name)"
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try JSONDecoder().decode(type, from: data)
  }
}

extension String {
  init(copying bytes: Span<UInt8>) {
    self.init(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
  }
}
