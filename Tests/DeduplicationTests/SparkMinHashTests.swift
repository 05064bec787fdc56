import FoundationEssentials
import TestSupport
import Testing

@testable import Deduplication

/// Holds MinHashLSH to what Spark 4.3 and 3.5 gave.
struct SparkMinHashTests {
  private struct Vectors: Decodable {
    let seed: Int64
    let numHashTables: Int
    let coefficients: [Int]
    let signatures: [[UInt32]]
    let join: [[Double]]?

    enum CodingKeys: String, CodingKey {
      case seed, numHashTables, coefficients, signatures
      case join = "join_lt_0.6"
    }
  }

  private struct Features: Decodable {
    let set: [UInt64]
  }

  private struct Tokens: Decodable {
    /// Nil in the first line, which says how the tokenizers were set.
    let text: String?
    let tokenizer: [String]?
  }

  private func lines<Line: Decodable>(_ path: String, _ type: Line.Type) throws -> [Line] {
    let text = try Data(contentsOf: URL(fileURLWithPath: path))
    return try text.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(type, from: Data($0))
    }
  }

  @Test(arguments: ["-7_3", "0_4", "1_5", "42_16", "12345678901_128"])
  func `coefficients, signatures and joined pairs are Spark's`(name: String) throws {
    guard let path = SharedData.path("spark/minhash_\(name).json"),
      let setsPath = SharedData.path("spark/minhash_sets.jsonl")
    else { return }
    let vectors = try JSONDecoder().decode(
      Vectors.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    let sets = try lines(setsPath, Features.self).map(\.set)
    let functions = HashFunctions.spark(count: vectors.numHashTables, seed: vectors.seed)
    let parameters = zip(functions.multipliers, functions.offsets).prefix(vectors.numHashTables)
    #expect(parameters.flatMap { [Int($0), Int($1)] } == vectors.coefficients)
    let signatures = sets.map { set in
      var minima = HashFunctions.Minima(functions)
      let shingles = set.map { $0 << 32 }
      functions.lower(&minima, over: shingles.span)
      return functions.words(of: minima)
    }
    #expect(signatures == vectors.signatures)
    guard let join = vectors.join else { return }
    var pairs: [[Double]] = []
    let members = sets.map { Set($0) }
    for left in sets.indices {
      for right in sets.indices {
        guard zip(signatures[left], signatures[right]).contains(where: { $0 == $1 }) else {
          continue
        }
        let shared = members[left].intersection(members[right]).count
        let distance = 1 - Double(shared) / Double(sets[left].count + sets[right].count - shared)
        if distance < 0.6 { pairs.append([Double(left), Double(right), distance]) }
      }
    }
    #expect(pairs == join)
  }

  @Test func `units are the tokens of Spark's Tokenizer`() throws {
    guard let path = SharedData.path("spark/tokenizers.jsonl") else { return }
    var lineCount = 0
    let cutter = UnitCutter(simplification: .none, unit: .sparkWords)
    for line in try lines(path, Tokens.self) {
      guard let text = line.text, let tokens = line.tokenizer else { continue }
      lineCount += 1
      let units = cutter.cut(Array(text.utf8).span)
      #expect(units.count == tokens.count)
      #expect(units.bytes == Array(tokens.joined(separator: " ").utf8))
    }
    #expect(lineCount == 313)
  }

  @Test func `a text is signed by the features of its tokens, with given coefficients too`() throws
  {
    var settings = DeduplicationSettings()
    (settings.simplify, settings.shingles, settings.shingleSize) = (.none, .sparkWords, 1)
    (settings.hash, settings.hashSeed, settings.bands, settings.rows) = (.spark, -7, 3, 1)
    let text = Array("Hi I heard about Spark".utf8)
    let drawn = try Signer(settings, seed: 1).sign(text.span)
    settings.hashSeed = nil
    settings.coefficients = [
      577_934_663, 1_935_951_297, 1_445_645_591, 2_031_187_707, 1_119_890_479, 314_447_087,
    ]
    try settings.validate()
    let given = try Signer(settings, seed: 2, keepsShingles: true).sign(text.span)
    #expect(drawn.minHashes == given.minHashes)
    // Spark 4.3: HashingTF(2^18) of the Tokenizer's words.
    let expected: [UInt32] = Self.features
    #expect(given.shingles == expected)
    #expect(
      given.minHashes
        == settings.coefficientPairs.map { a, b in
          expected.map { UInt32((Int($0 + 1) * a + b) % 2_038_074_743) }.min()
        })
  }

  private static let features: [UInt32] = [18_700, 19_036, 33_808, 66_273, 173_558]
}
