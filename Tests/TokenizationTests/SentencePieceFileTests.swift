import FoundationEssentials
import TestSupport
import Testing

@testable import Tokenization

struct SentencePieceFileTests {
  static func bytes(_ name: String) throws -> [UInt8] {
    let path = "\(SentencePieceTests.folder)/\(name).model"
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test func `a model is written as it was read, fields that are not known included`() throws {
    for name in ["bpe", "bpe-ties", "unigram-user", "word", "char"] {
      let model = try SentencePieceModel(try Self.bytes(name))
      #expect(try SentencePieceModel(model.encoded) == model)
    }
    // Field 200 of the model, field 201 of a piece.
    let piece: [UInt8] = [0x0A, 1, 0x61, 0xC8, 0x0C, 5]
    let bytes: [UInt8] = [0x0A, UInt8(piece.count)] + piece + [0xC2, 0x0C, 2, 7, 8]
    let model = try SentencePieceModel(bytes)
    #expect(model.pieces[0].others.fields == [.init(number: 201, value: .varint(5))])
    #expect(model.others.fields == [.init(number: 200, value: .bytes([7, 8]))])
    #expect(try SentencePieceModel(model.encoded) == model)
  }

  @Test func `a file that is cut off or damaged is refused or read, and never trusted`() throws {
    let whole = try Self.bytes("unigram-user")
    var refused = 0
    for end in stride(from: 0, to: whole.count, by: 7) where !Self.isUsable(Array(whole[..<end])) {
      refused += 1
    }
    #expect(refused > whole.count / 8)
    var generator = SeededGenerator(seed: 5)
    for name in ["bpe", "unigram"] {
      let whole = try Self.bytes(name)
      for _ in 0..<150 {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          let place = Int.random(in: 0..<bytes.count, using: &generator)
          bytes[place] = UInt8.random(in: 0...255, using: &generator)
        }
        _ = Self.isUsable(bytes)
      }
    }
  }

  /// Reads a model, and encodes and decodes with it where that is possible.
  private static func isUsable(_ bytes: [UInt8]) -> Bool {
    guard let model = try? SentencePieceModel(bytes), (try? model.check()) != nil,
      let tokenizer = try? Tokenizer(Vocabulary(model))
    else { return false }
    let text = "  naba kalo\u{3000}e\u{301}中 1 <sep>http://ab\u{308}c"
    let ids = EncoderTests.ids(tokenizer.makeEncoder(cacheByteCount: 0), text)
    _ = try? tokenizer.decode(ids)
    return true
  }

  @Test func `errors name the place and what is wrong`() {
    func error(_ bytes: [UInt8]) -> ProtobufError? {
      do throws(ProtobufError) {
        try SentencePieceModel(bytes).check()
        return nil
      } catch {
        return error
      }
    }
    // A piece longer than the file, a number without an end, a group, a type that is not known.
    #expect(
      error([0x0A, 0x7F, 1])
        == ProtobufError(
          byteOffset: 1, message: "a field of 127 bytes does not fit: 1 are left"))
    #expect(
      error([0x0A] + [UInt8](repeating: 0xFF, count: 11))
        == ProtobufError(byteOffset: 1, message: "a number is longer than ten bytes"))
    #expect(error([0xA3, 0x06])?.message == "a field has wire type 3, which is not read here")
    #expect(error([0x0A, 2, 0x18, 9])?.message == "piece 0 is of type 9, which is not known")
    #expect(error([0x0A, 2, 0x10, 9])?.message == "a field that should be a 32-bit number is not")
    #expect(error([])?.message == "it has no pieces")
    #expect(error([0x0A, 2, 0x18, 1])?.message == "piece 0 is empty")
    #expect(
      error([0x0A, 3, 0x0A, 1, 0x61])?.message
        == "none of its pieces is the unknown one, and it has no byte fallback")
  }

  @Test func `a character map that leads astray is refused`() throws {
    let model = try SentencePieceModel(try Self.bytes("bpe"))
    let map = model.characterMap
    #expect(throws: Never.self) { try CharacterMap(map) }
    #expect(throws: VocabularyError.self) { try CharacterMap([1, 2, 3]) }
    #expect(throws: VocabularyError.self) { try CharacterMap(Array(map.dropLast())) }
    var circular = map
    // The root's units are its own children.
    circular.replaceSubrange(4..<8, with: [0, 4, 0, 0])
    for byte in 0..<256 {
      let unit = UInt32(byte) | 1 << 10
      let place = 4 + 4 * (1 ^ byte)
      if byte > 0, place + 4 <= circular.count {
        circular.replaceSubrange(
          place..<place + 4, with: (0..<4).map { UInt8(truncatingIfNeeded: unit >> (8 * $0)) })
      }
    }
    #expect(throws: VocabularyError.self) { try CharacterMap(circular) }
  }

  @Test func `a vocabulary of characters becomes a model with the same ids`() throws {
    let model = try SentencePieceModel(try Self.bytes("bpe-bytes"))
    // Without a map a tokenizer.json says the same.
    var plain = model
    plain.normalizer.set(2, .bytes([]))
    let steps = try plain.vocabularyOfSteps()
    let again = try SentencePieceModel(steps)
    #expect(again.pieces.map(\.text) == plain.pieces.map(\.text))
    let encoders = try [Vocabulary(plain), steps, Vocabulary(again)].map {
      try Tokenizer($0).makeEncoder(cacheByteCount: 1 << 20)
    }
    let texts = TextSamples.random(seed: 4, wordCount: 400) + ["naba kalo  12 milo.\n中文か"]
    for text in texts {
      let ids = encoders.map { EncoderTests.ids($0, text) }
      #expect(ids[0] == ids[1] && ids[1] == ids[2], "\(text)")
    }
  }

  @Test func `an added token behind a unigram vocabulary becomes a piece of a model`() throws {
    let vocabulary = Vocabulary(
      tokens: ["<unk>", "a", "<m>"].map { Array($0.utf8) }, merges: [],
      addedTokens: [AddedToken(id: 2, text: "<m>", isSpecial: false, isInModel: false)],
      preTokenizer: PreTokenizer([]),
      model: .unigram(
        scores: [0, -1], CharacterRules(unknownID: 0, hasByteFallback: false, fusesUnknown: true)))
    let pieces = try SentencePieceModel(vocabulary).pieces
    #expect(pieces.map(\.kind) == [.unknown, .normal, .userDefined])
  }

  @Test(arguments: [
    ("<0x0A>", 10), ("<0xFF>", 255), ("<0xff>", nil), ("<0x-0>", nil), ("<0x+1>", nil),
  ])
  func `only the names of bytes stand for bytes`(text: String, byte: UInt8?) {
    let piece = SentencePieceModel.Piece(text: Array(text.utf8), score: 0, kind: .normal)
    #expect(piece.byte == byte)
  }

  @Test func `what a model cannot say is refused by name`() throws {
    let bytes = (0...255).map { [UInt8($0)] }
    let byteLevel = Vocabulary(tokens: bytes, merges: [], specialTokens: [], pattern: .gpt2)
    let error = #expect(throws: VocabularyError.self) { try SentencePieceModel(byteLevel) }
    #expect(error?.message.contains("it merges bytes") == true)
    let suffix = try SentencePieceModel(try Self.bytes("bpe-suffix"))
    #expect(throws: VocabularyError.self) { try suffix.vocabularyOfSteps() }
  }
}
