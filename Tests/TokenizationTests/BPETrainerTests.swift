import FoundationEssentials
import TestSupport
import Testing
import TextAnalysis

@testable import Tokenization

struct BPETrainerTests {
  static func train(
    _ texts: [[UInt8]], _ settings: TokenizerSettings, files: Int = 1, memory: Int = 1 << 30
  ) throws -> Vocabulary {
    let folder = try ScratchFolder()
    var paths: [String] = []
    for file in 0..<files {
      let counter = WordCounter(
        CountHeader(split: settings.split), memoryByteCount: 1 << 24,
        scratchPrefix: folder.path("run"))
      for index in texts.indices where index % files == file {
        let text = texts[index]
        try counter.add(text.span)
      }
      paths.append(folder.path("counts\(file)"))
      _ = try counter.publish(path: folder.path("counts\(file)"))
    }
    _ = try CountFiles.merge(
      paths, split: settings.split, weights: try SourceWeights(settings), memoryByteCount: 1 << 20,
      scratchPrefix: folder.path("merge"), to: folder.path("counts"))
    return try VocabularyTrainer.train(
      countFile: folder.path("counts"), settings: settings, memoryByteCount: memory
    ).vocabulary
  }

  static func settings(
    _ size: Int, _ pattern: SplitPattern, minimumFrequency: Int = 1, specialTokens: [String] = [],
    maximumTokenByteCount: Int? = nil
  ) -> TokenizerSettings {
    var settings = TokenizerSettings()
    settings.vocabularySize = size
    settings.pattern = pattern
    settings.minimumFrequency = minimumFrequency
    settings.specialTokens = specialTokens
    settings.maximumTokenByteCount = maximumTokenByteCount
    return settings
  }

  @Test(arguments: [
    (1 as UInt64, 1, nil as Int?), (2, 2, nil), (3, 5, nil), (4, 1, 3), (5, 1, nil), (6, 2, 2),
  ])
  func `merges are those of counting anew each time`(
    seed: UInt64, minimumFrequency: Int, maximum: Int?
  ) throws {
    let texts = TextSamples.random(seed: seed, wordCount: 60)
    for pattern in SplitPattern.allCases {
      let settings = Self.settings(
        400, pattern, minimumFrequency: minimumFrequency, specialTokens: ["<|a|>", "<|b|>"],
        maximumTokenByteCount: maximum)
      let vocabulary = try Self.train(texts.map { Array($0.utf8) }, settings)
      var words: [[UInt8]: Int] = [:]
      for text in texts {
        let bytes = Array(text.utf8)
        var start = 0
        for end in ReferenceSplitter.ends(of: text, pattern) {
          words[Array(bytes[start..<end]), default: 0] += 1
          start = end
        }
      }
      var byteTokens: [UInt8: UInt32] = [:]
      for (id, token) in vocabulary.tokens.enumerated().dropFirst(2) where token.count == 1 {
        byteTokens[token[0]] = UInt32(id)
      }
      #expect(byteTokens.count == 256)
      let expected = ReferenceTrainer.merges(
        words, byteTokens: byteTokens, count: 400 - 258, minimumFrequency: minimumFrequency,
        maximumTokenByteCount: maximum)
      #expect(vocabulary.merges.map { [$0.left, $0.right] } == expected)
    }
  }

  @Test func `a known example comes out by hand`() throws {
    let vocabulary = try Self.train([Array("aaabdaaabac".utf8)], Self.settings(259, .none))
    let spelled = vocabulary.merges.map { merge in
      [merge.left, merge.right].map {
        String(decoding: vocabulary.tokens[Int($0)], as: UTF8.self)
      }
    }
    #expect(spelled == [["a", "a"], ["a", "b"], ["aa", "ab"]])
    #expect(vocabulary.tokens[258] == Array("aaab".utf8))
  }

  @Test func `the vocabulary does not depend on how the texts lie in files`() throws {
    let texts = TextSamples.random(seed: 9, wordCount: 300).map { Array($0.utf8) }
    let settings = Self.settings(600, .gpt4, specialTokens: ["<|endoftext|>"])
    let one = try Self.train(texts, settings)
    #expect(try Self.train(texts.reversed(), settings, files: 7) == one)
    #expect(one.specialTokens == [.init(id: 0, text: "<|endoftext|>")])
  }

  @Test func `no merge spells a special token`() throws {
    let texts = [Array("abab abab abab".utf8)]
    let vocabulary = try Self.train(texts, Self.settings(270, .gpt4, specialTokens: ["ab"]))
    #expect(!vocabulary.tokens.dropFirst().contains(Array("ab".utf8)))
    #expect(vocabulary.tokens[0] == Array("ab".utf8))
  }

  @Test func `too little memory is refused with what would be right`() throws {
    let texts = TextSamples.random(seed: 9, wordCount: 300).map { Array($0.utf8) }
    let error = #expect(throws: TokenizationError.self) {
      try Self.train(texts, Self.settings(600, .gpt4), memory: 1 << 10)
    }
    #expect(error?.message.contains("; allow ") == true)
  }

  @Test(arguments: [
    ("vocabulary-size", Self.settings(256, .gpt4, specialTokens: ["<|a|>"])),
    ("minimum-frequency", Self.settings(300, .gpt4, minimumFrequency: -1)),
    ("special-tokens", Self.settings(300, .gpt4, specialTokens: ["<|a|>", "<|a|>"])),
    ("special-tokens", Self.settings(300, .gpt4, specialTokens: [""])),
    ("maximum-token-byte-count", Self.settings(300, .gpt4, maximumTokenByteCount: 0)),
  ])
  func `settings nothing can meet are refused`(setting: String, settings: TokenizerSettings) {
    let error = #expect(throws: SettingsError.self) { try settings.validate() }
    #expect(error?.setting == setting)
  }

  struct TokenizerFile: Decodable {
    struct Model: Decodable {
      let vocab: [String: UInt32]
      let merges: [[String]]
    }
    let model: Model
  }

  /// Trainings by Hugging Face tokenizers 0.23.3, with its ByteLevel pre-tokenizer.
  @Test(arguments: [
    ("neko-ja-4096", 4096, ["sentencepiece/data/wagahaiwa_nekodearu.txt"]),
    (
      "small-en-2048", 2048,
      [
        "sentencepiece/data/botchan.txt", "minbpe/tests/taylorswift.txt",
        "cs336-a1/fixtures/corpus.en",
      ]
    ),
  ])
  func `merges on real text are those of Hugging Face`(
    name: String, size: Int, texts: [String]
  ) throws {
    guard let path = SharedData.path("tokenizer/train-ref/\(name).tokenizer.json") else { return }
    let bytes = try texts.compactMap { SharedData.path("tokenizer/\($0)") }.map {
      [UInt8](try Data(contentsOf: URL(fileURLWithPath: $0)))
    }
    let file = try JSONDecoder().decode(
      TokenizerFile.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    let expected = file.model.merges.map { $0.compactMap { file.model.vocab[$0] } }
    let vocabulary = try Self.train(bytes, Self.settings(size, .gpt2, minimumFrequency: 2))
    #expect(vocabulary.merges.map { [$0.left, $0.right] } == expected)
  }
}
