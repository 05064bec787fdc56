import FoundationEssentials
import TestSupport
import Testing

@testable import Tokenization

/// Models against what SentencePiece 0.2.3 and tokenizers 0.23.3 make of them
/// (Tests/Tools/generate-sentencepiece-gold.py).
struct SentencePieceTests {
  static let folder = "\(SourceTree.root)/Tests/Fixtures/Tokenization"

  /// A text with its ids, or ids with their text.
  struct Case: Decodable {
    let text: String
    let ids: [UInt32]

    init(from decoder: any Decoder) throws {
      var pair = try decoder.unkeyedContainer()
      if let text = try? pair.decode(String.self) {
        self.text = text
        ids = try pair.decode([UInt32].self)
      } else {
        ids = try pair.decode([UInt32].self)
        text = try pair.decode(String.self)
      }
    }
  }

  struct Gold: Decodable {
    let encoded: [Case]
    let decoded: [Case]
  }

  struct PeerGold: Decodable {
    let tokenizer: String
    let encoded: [Case]
  }

  static func read<Rows: Decodable>(_ name: String) throws -> Rows {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
    return try JSONDecoder().decode(Rows.self, from: data)
  }

  @Test func `ids are those of SentencePiece, with a warm cache and a tiny one`() throws {
    let gold: [String: Gold] = try Self.read("sentencepiece.json")
    #expect(gold.count == 20)
    for (name, cases) in gold {
      let tokenizer = try Tokenizer(contentsOf: "\(Self.folder)/\(name).model")
      let encoder = tokenizer.makeEncoder(cacheByteCount: 1 << 20)
      let forgetful = tokenizer.makeEncoder(cacheByteCount: 0)
      for row in cases.encoded + cases.encoded {
        #expect(EncoderTests.ids(encoder, row.text) == row.ids, "\(name): \(row.text)")
        #expect(EncoderTests.ids(forgetful, row.text) == row.ids, "\(name): \(row.text)")
      }
    }
  }

  @Test func `texts of ids are those of SentencePiece`() throws {
    let gold: [String: Gold] = try Self.read("sentencepiece.json")
    for (name, cases) in gold {
      let tokenizer = try Tokenizer(contentsOf: "\(Self.folder)/\(name).model")
      for row in cases.decoded {
        let text = try tokenizer.decode(row.ids)
        #expect(text == Array(row.text.utf8), "\(name): \(row.ids)")
      }
      let size = UInt32(tokenizer.vocabularySize)
      #expect(throws: UnknownTokenError.self) { try tokenizer.decode([size]) }
    }
  }

  @Test func `ids of merges of characters and of unigrams are those of tokenizers`() throws {
    let gold: [PeerGold] = try Self.read("tokenizers.json")
    #expect(gold.count == 16)
    for peer in gold {
      let path = "\(FileManager.default.temporaryDirectory.path)/\(UUID().uuidString).json"
      try Data(peer.tokenizer.utf8).write(to: URL(fileURLWithPath: path))
      defer { try? FileManager.default.removeItem(atPath: path) }
      let encoder = try Tokenizer(contentsOf: path).makeEncoder(cacheByteCount: 1 << 20)
      for row in peer.encoded + peer.encoded {
        #expect(EncoderTests.ids(encoder, row.text) == row.ids, "\(row.text)")
      }
    }
  }

  static func model(
    _ algorithm: SentencePieceModel.Algorithm, seed: UInt64, hasByteFallback: Bool
  ) -> SentencePieceModel {
    var generator = SeededGenerator(seed: seed)
    var pieces: [SentencePieceModel.Piece] = [
      .init(text: Array("<unk>".utf8), score: 0, kind: .unknown)
    ]
    if hasByteFallback {
      for byte in 0..<256 {
        let name = CharacterRules.name(ofByte: UInt8(byte))
        pieces.append(.init(text: name, score: 0, kind: .byte))
      }
    }
    let scores: [Float] = [-1, -1.5, -2, -2, -7.25, -0.001, .random(in: -9...0, using: &generator)]
    var known: Set<String> = []
    for _ in 0..<60 {
      let length = Int.random(in: 1...5, using: &generator)
      let text = String(
        (0..<length).map { _ in "aab\u{2581}é中".randomElement(using: &generator) ?? "a" })
      if !known.insert(text).inserted { continue }
      let isUserDefined = Int.random(in: 0..<15, using: &generator) == 0
      pieces.append(
        .init(
          text: Array(text.utf8), score: scores.randomElement(using: &generator) ?? 0,
          kind: isUserDefined ? .userDefined : .normal))
    }
    var (trainer, normalizer) = (ProtobufMessage(), ProtobufMessage())
    trainer.set(3, .varint(UInt64(algorithm.rawValue)))
    trainer.set(35, hasByteFallback)
    normalizer.set(3, false)
    normalizer.set(4, false)
    return SentencePieceModel(
      pieces: pieces, algorithm: algorithm, trainer: trainer, normalizer: normalizer)
  }

  @Test(arguments: [SentencePieceModel.Algorithm.bpe, .unigram])
  func `ids are those of the definition for random models`(
    algorithm: SentencePieceModel.Algorithm
  ) throws {
    var generator = SeededGenerator(seed: 9)
    for seed in 0..<24 as Range<UInt64> {
      let model = Self.model(algorithm, seed: seed, hasByteFallback: seed % 2 == 0)
      let reference = ReferenceSentencePiece(model)
      let encoder = try Tokenizer(Vocabulary(model)).makeEncoder(cacheByteCount: 1 << 20)
      for length in [0, 1, 2, 3, 5, 8, 13, 40, 90] {
        let text = String(
          (0..<length).map { _ in "aaab\u{2581}é中x𝔘".randomElement(using: &generator) ?? "a" })
        #expect(EncoderTests.ids(encoder, text) == reference.encode(text), "\(seed): \(text)")
      }
    }
  }

  @Test(arguments: ["bpe", "bpe-bytes", "bpe-across", "unigram", "unigram-across"])
  func `a very long run takes no longer than other text`(name: String) throws {
    let encoder = try Tokenizer(contentsOf: "\(Self.folder)/\(name).model").makeEncoder()
    for unit in ["a", "ba", "中", "é", "-", " a"] {
      let text = String(repeating: unit, count: 20_000)
      #expect(!EncoderTests.ids(encoder, text).isEmpty)
    }
  }
}

extension SentencePieceTests {
  /// SentencePiece takes the sum down to 0 behind 100,000, so a long text goes on as it began.
  @Test func `sums of scores are taken down where they grow too large`() throws {
    let tokenizer = try Tokenizer(contentsOf: "\(Self.folder)/unigram-bytes.model")
    let word = "naba kalo mi. "
    let ids = EncoderTests.ids(
      tokenizer.makeEncoder(), String(repeating: word, count: 6000))
    // After the dummy prefix the words are alike, at whatever sum.
    let period = EncoderTests.ids(tokenizer.makeEncoder(), word + word).count
    let once = EncoderTests.ids(tokenizer.makeEncoder(), word).count
    #expect(ids.count == once + 5999 * (period - once))
    #expect(try tokenizer.decode(ids) == Array(String(repeating: word, count: 6000).utf8))
  }
}
