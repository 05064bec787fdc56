import ByteKernels
import TestSupport
import Testing

@testable import Tokenization

struct TokenizerConversionTests {
  private static func vocabulary(
    _ tokens: [String], _ merges: [(UInt32, UInt32, UInt32)], added: [AddedToken] = [],
    normalizers: [Normalizer] = []
  ) -> Vocabulary {
    let bytes = (0...255).map { [UInt8($0)] } + tokens.map { Array($0.utf8) }
    return Vocabulary(
      tokens: bytes, merges: merges.map { .init(left: $0.0, right: $0.1, product: $0.2) },
      addedTokens: added, normalizers: normalizers, preTokenizer: PreTokenizer(.gpt4))
  }

  private static func written(_ vocabulary: Vocabulary, _ folder: ScratchFolder) throws -> String {
    let path = folder.path("tokenizer.json")
    _ = try TokenizerJSON.write(vocabulary, path: path)
    return path
  }

  @Test func `ranks become a folder of files, and that becomes the same ranks`() throws {
    let folder = try ScratchFolder()
    let trained = try EncoderTests.trained(.gpt2, size: 300)
    _ = try TiktokenFile.write(trained, path: folder.path("a.tiktoken"))
    let report = try TokenizerConversion.convert(
      folder.path("a.tiktoken"), pattern: .gpt2, to: folder.path("all"))
    #expect(report.files.count == 2 && report.textCount > 2000 && report.tokenCount > 2000)
    _ = try TokenizerConversion.convert(folder.path("all"), to: folder.path("b.tiktoken"))
    #expect(try folder.read("a.tiktoken") == folder.read("b.tiktoken"))
  }

  @Test func `special tokens keep ids that are not the next ones`() throws {
    let folder = try ScratchFolder()
    try folder.write(
      "cl100k_base.tiktoken",
      (0...255).flatMap { Base64.encode([UInt8($0)]) + Array(" \($0)\n".utf8) })
    let path = folder.path("tokenizer.json")
    _ = try TokenizerConversion.convert(folder.path("cl100k_base.tiktoken"), to: path)
    let tokenizer = try Tokenizer(contentsOf: path)
    #expect(tokenizer.id(ofSpecialToken: "<|endoftext|>") == 100257)
    #expect(tokenizer.id(ofSpecialToken: "<|endofprompt|>") == 100276)
  }

  @Test func `a special token keeps its id between a hole and other tokens`() throws {
    let folder = try ScratchFolder()
    let tokens = (0...255).map { ($0, [UInt8($0)]) } + [(50257, Array("  ".utf8))]
    try folder.write(
      "p50k_base.tiktoken",
      tokens.flatMap { id, bytes in Base64.encode(bytes) + Array(" \(id)\n".utf8) })
    let path = folder.path("tokenizer.json")
    _ = try TokenizerConversion.convert(folder.path("p50k_base.tiktoken"), to: path)
    let tokenizer = try Tokenizer(contentsOf: path)
    #expect(tokenizer.id(ofSpecialToken: "<|endoftext|>") == 50256)
    #expect(EncoderTests.ids(tokenizer.makeEncoder(), "a  ") == [97, 50257])
    let model = try JSONTreeParser.parse(try folder.read("tokenizer.json"))["model"]
    #expect(model?["vocab"]?["<|endoftext|>"]?.index == 50256)
  }

  @Test func `what ranks cannot say is refused with a text, and nothing is left`() throws {
    let folder = try ScratchFolder()
    let path = try Self.written(
      Self.vocabulary(["abc", "ab"], [(97, 98, 257), (257, 99, 256)]), folder)
    let output = folder.path("a.tiktoken")
    let error = #expect(throws: TokenizationError.self) {
      try TokenizerConversion.convert(path, to: output)
    }
    #expect(error?.message.contains("would become") == true, "\(String(describing: error))")
    #expect(FileSystem.files(in: folder.path) == [path])
  }

  @Test func `a character map that replaces whole graphemes is found out`() throws {
    let folder = try ScratchFolder()
    let model = "\(SentencePieceTests.folder)/bpe-bytes.model"
    let error = #expect(throws: TokenizationError.self) {
      try TokenizerConversion.convert(model, to: folder.path("a.json"))
    }
    #expect(error?.message.contains("would become") == true, "\(String(describing: error))")
    var probes: Set<String> = []
    TokenizerProbes(try TokenizerConversion.read(model).vocabulary, texts: []).forEach {
      probes.insert(String(decoding: $0, as: UTF8.self))
    }
    #expect(probes.contains("\u{A0}\u{301}") && probes.contains("\u{3000}\u{200D}"))
    #expect(probes.contains { $0.hasPrefix("ﬁ\u{301}a") })
  }

  @Test func `a folder that has the output's name is refused before anything is written`() throws {
    let folder = try ScratchFolder()
    let path = try Self.written(try EncoderTests.trained(.gpt2, size: 300), folder)
    let output = folder.path("all.JSON")
    try FileSystem.makeFolder(output)
    let error = #expect(throws: FileError.self) {
      try TokenizerConversion.convert(path, to: output)
    }
    #expect(error?.isDirectory == true)
    #expect(FileSystem.files(in: output).isEmpty && FileSystem.files(in: folder.path) == [path])
    let report = try TokenizerConversion.convert(path, to: folder.path("b.JSON"))
    #expect(report.files.map(\.path) == [folder.path("b.JSON")])
  }

  @Test(arguments: [
    vocabulary([], [], normalizers: [.nfc]),
    vocabulary(["ab"], [], added: [AddedToken(id: 256, text: "ab", isSpecial: false)]),
    vocabulary(["<m>"], [], added: [AddedToken(id: 256, text: "<m>", stripsLeft: true)]),
  ])
  func `ranks do not say normalizers nor all added tokens`(vocabulary: Vocabulary) throws {
    let folder = try ScratchFolder()
    let path = try Self.written(vocabulary, folder)
    let error = #expect(throws: TokenizationError.self) {
      try TokenizerConversion.convert(path, to: folder.path("a.tiktoken"))
    }
    #expect(error?.message.contains("ranks say only") == true)
    let report = try TokenizerConversion.convert(path, to: folder.path("b.json"))
    #expect(report.files.count == 1)
  }

  @Test func `names and merges are read as GPT-2's unless told otherwise`() throws {
    let folder = try ScratchFolder()
    let trained = try EncoderTests.trained(.gpt2, size: 300)
    let path = try Self.written(trained, folder)
    _ = try TokenizerConversion.convert(path, to: folder.path("all"))
    let names = try Tokenizer(contentsOf: folder.path("all/vocab.json"))
    #expect(names.vocabulary.tokens == trained.tokens && names.vocabulary.merges == trained.merges)
    #expect(names.id(ofSpecialToken: "<|endoftext|>") == 0)
  }

  @Test func `a folder that was made for a refused conversion is gone again`() throws {
    typealias Piece = SentencePieceModel.Piece
    let folder = try ScratchFolder()
    // Of equal scores SentencePiece merges the leftmost pair first, a tokenizer.json the first piece.
    var pieces = [Piece(text: Array("<unk>".utf8), score: 0, kind: .unknown)]
    for text in ["a", "b", "c"] {
      pieces.append(Piece(text: Array(text.utf8), score: -9, kind: .normal))
    }
    for text in ["bc", "ab"] {
      pieces.append(Piece(text: Array(text.utf8), score: -1, kind: .normal))
    }
    var model = SentencePieceModel(
      pieces: pieces, algorithm: .bpe, trainer: ProtobufMessage(), normalizer: ProtobufMessage())
    model.trainer.set(3, .varint(2))
    for field in 3...5 { model.normalizer.set(field, false) }
    _ = try model.write(path: folder.path("a.model"))
    let error = #expect(throws: TokenizationError.self) {
      try TokenizerConversion.convert(
        folder.path("a.model"), to: folder.path("all"), texts: [Array("abc".utf8)])
    }
    #expect(error?.message.contains("instead of") == true, "\(String(describing: error))")
    #expect(FileSystem.status(folder.path("all")) == nil)
  }

  @Test func `a broken configuration beside a tokenizer.json is told`() throws {
    let folder = try ScratchFolder()
    let path = try Self.written(Self.vocabulary([], []), folder)
    let configuration = try folder.write("tokenizer_config.json", Array("{".utf8))
    let error = #expect(throws: TokenizationError.self) {
      try TokenizerConversion.convert(path, to: folder.path("a.json"))
    }
    #expect(error?.path == configuration)
  }

  @Test func `a tekken.json has special tokens first and no more tokens than it says`() throws {
    let folder = try ScratchFolder()
    let vocab = (0...258).map { rank in
      let bytes = rank < 256 ? [UInt8(rank)] : Array(["ab", "abc", "left out"][rank - 256].utf8)
      let text = String(decoding: Base64.encode(bytes), as: UTF8.self)
      return #"{"rank": \#(rank), "token_bytes": "\#(text)", "token_str": null}"#
    }
    let config =
      #"{"pattern": "\\p{L}+|\\s+", "default_vocab_size": 261, "default_num_special_tokens": 3}"#
    let json = #"{"config": \#(config), "vocab": [\#(vocab.joined(separator: ","))]}"#
    try folder.write("tekken.json", Array(json.utf8))
    let tokenizer = try Tokenizer(contentsOf: folder.path)
    #expect(tokenizer.vocabularySize == 261)
    #expect(tokenizer.id(ofSpecialToken: "</s>") == 2)
    let ids = EncoderTests.ids(tokenizer.makeEncoder(), "abc ab")
    #expect(ids == [260, 35, 259])
    let error = #expect(throws: TokenizationError.self) {
      try folder.write("tekken.json", Array(json.replacing("261", with: "\"x\"").utf8))
      _ = try Tokenizer(contentsOf: folder.path)
    }
    #expect(error?.message.contains("config") == true)
  }
}
