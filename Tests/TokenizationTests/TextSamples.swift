import ByteKernels
import CZstd
import FoundationEssentials
import TestSupport

@testable import Tokenization

/// Texts that several suites share.
enum TextSamples {
  /// Words of a small alphabet, so that pairs repeat and runs are long.
  static func random(seed: UInt64, wordCount: Int) -> [String] {
    var generator = SeededGenerator(seed: seed)
    let syllables = ["a", "b", "ab", "aa", "é", "中", "'s", "\n", "12", ".", "👩", " ", "  "]
    return (0..<wordCount).map { _ in
      let length = Int.random(in: 1...7, using: &generator)
      return (0..<length).map { _ in syllables.randomElement(using: &generator) ?? "" }.joined()
    }
  }

  /// The lines of a zstd file of the shared data; nil when it is not there.
  static func lines(_ name: String) throws -> [Data]? {
    guard let path = SharedData.path(name) else { return nil }
    let packed = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var text: [UInt8] = []
    let stream = unsafe ZSTD_createDStream()
    defer { unsafe ZSTD_freeDStream(stream) }
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    unsafe packed.withUnsafeBytes { source in
      var input = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
      while unsafe input.pos < input.size {
        let made = unsafe chunk.withUnsafeMutableBytes { target in
          var output = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
          _ = unsafe ZSTD_decompressStream(stream, &output, &input)
          return unsafe output.pos
        }
        text += chunk[..<made]
      }
    }
    return text.split(separator: UInt8(ascii: "\n")).map { Data($0) }
  }

  struct TextLine: Decodable {
    let text: String
  }

  /// The texts of a JSON-lines file of the shared data; nil when it is not there.
  static func texts(_ name: String, limit: Int = .max) throws -> [[UInt8]]? {
    try lines(name)?.prefix(limit).map {
      Array(try JSONDecoder().decode(TextLine.self, from: $0).text.utf8)
    }
  }
}
