import ByteKernels
import FoundationEssentials
import TestSupport
import Testing

@testable import Tokenization

struct TokenizerFileTests {
  @Test(arguments: SplitPattern.allCases)
  func `a tokenizer.json read back is the vocabulary that was written`(pattern: SplitPattern) throws
  {
    let folder = try ScratchFolder()
    let vocabulary = try EncoderTests.trained(pattern)
    let published = try TokenizerJSON.write(vocabulary, path: folder.path("tokenizer.json"))
    #expect(try published.byteCount == folder.read("tokenizer.json").count)
    let again = try TokenizerJSON.read(path: folder.path("tokenizer.json"))
    #expect(again == vocabulary)
    #expect(again.digest == vocabulary.digest)
    #expect(try Tokenizer(contentsOf: folder.path("tokenizer.json")).digest == vocabulary.digest)
  }

  @Test func `a file of ranks read back has the same tokens and merges`() throws {
    let folder = try ScratchFolder()
    let vocabulary = try EncoderTests.trained(.gpt4)
    _ = try TiktokenFile.write(vocabulary, path: folder.path("a.tiktoken"))
    let again = try TiktokenFile.read(
      path: folder.path("a.tiktoken"), pattern: .gpt4, specialTokens: vocabulary.specialTokens)
    #expect(again.tokens == vocabulary.tokens && again.merges == vocabulary.merges)
  }

  @Test func `a file of Hugging Face read and written again is the same bytes`() throws {
    for name in ["neko-ja-4096", "small-en-2048"] {
      guard let path = SharedData.path("tokenizer/train-ref/\(name).tokenizer.json") else { return }
      let folder = try ScratchFolder()
      let vocabulary = try TokenizerJSON.read(path: path)
      _ = try TokenizerJSON.write(vocabulary, path: folder.path("again.json"))
      let original = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      #expect(try folder.read("again.json") == original)
    }
  }

  @Test func `merges that ranks cannot tell are not written as ranks`() throws {
    let folder = try ScratchFolder()
    let tokens = (0...255).map { [UInt8($0)] } + [Array("abc".utf8), Array("ab".utf8)]
    let vocabulary = Vocabulary(
      tokens: tokens,
      merges: [
        .init(left: 97, right: 98, product: 257), .init(left: 257, right: 99, product: 256),
      ], specialTokens: [], pattern: .gpt4)
    #expect(throws: TokenizationError.self) {
      try TiktokenFile.write(vocabulary, path: folder.path("a.tiktoken"))
    }
  }

  @Test(arguments: [
    ("YQ== 0\nYg==\n", 7), ("YQ= 0\n", 0), ("YQ== 0\nYQ== 1\n", 7), ("YQ== 0\nYg== 0\n", 7),
    ("YQ== 0\nYg== -1\n", 7), ("YR== 0\n", 0),
  ])
  func `a broken line of ranks is refused with its place`(text: String, offset: Int) throws {
    let folder = try ScratchFolder()
    try folder.write("a.tiktoken", Array(text.utf8))
    let error = #expect(throws: TokenizationError.self) {
      try TiktokenFile.read(path: folder.path("a.tiktoken"), pattern: .gpt4)
    }
    #expect(error?.byteOffset == offset)
  }

  @Test(arguments: [["ab", "ab"], ["abc", "abc"]])
  func `two tokens of the same bytes are refused`(words: [String]) {
    let tokens = (0...255).map { [UInt8($0)] } + words.map { Array($0.utf8) }
    #expect(throws: VocabularyError.self) {
      try MergeTable.recoverMerges(tokens: tokens, specialTokens: [])
    }
  }

  @Test func `ranks of unknown name need a pattern`() throws {
    let folder = try ScratchFolder()
    try folder.write("a.tiktoken", Array("YQ== 0\n".utf8))
    let error = #expect(throws: TokenizationError.self) {
      try TiktokenFile.read(path: folder.path("a.tiktoken"))
    }
    #expect(error?.message.contains("gpt2, gpt4") == true)
  }

  @Test(arguments: [
    ("\"model\"", "\"modal\"", "no model"),
    ("\"normalizer\": null", "\"normalizer\": {\"type\": \"NFX\"}", "normalizer NFX"),
    ("\"decoder\": {", "\"decoder\": {\"type\": \"CTC\", \"old\": 0,", "decoder CTC"),
    ("\"BPE\"", "\"Unigram\"", "Unigram"),
    ("\"BPE\"", "\"Foo\"", "its model is Foo;"),
    ("\"BPE\"", "7", "\"type\""),
    ("\"vocab\": {", "\"vocab\": [], \"old\": {", "object of names"),
    ("\"merges\": ", "\"marges\": ", "no merges"),
    ("\"merges\": ", "\"merges\": null, \"old\": ", "no merges"),
    ("\"added_tokens\": ", "\"added_tokens\": \"x\", \"old\": ", "\"added_tokens\""),
    ("\"special\": true", "\"special\": 1", "\"special\""),
    ("\"ignore_merges\": false", "\"ignore_merges\": \"no\"", "\"ignore_merges\""),
    ("\"fuse_unk\": false", "\"fuse_unk\": 0", "\"fuse_unk\""),
    ("\"byte_fallback\": false", "\"byte_fallback\": []", "\"byte_fallback\""),
    ("\"unk_token\": null", "\"unk_token\": 3", "\"unk_token\""),
    ("\"pretokenizers\": ", "\"pretokenizers\": 3, \"old\": ", "pretokenizers"),
    ("\"dropout\": null", "\"dropout\": 0.5", "random"),
    ("\"Isolated\"", "\"MergedWithAll\"", "pre_tokenizer"),
    ("[^\\\\s", "[[^\\\\s", "regular expression"),
    ("\"end_of_word_suffix\": null", "\"end_of_word_suffix\": \"</w>\"", "end_of_word_suffix"),
    ("\"A\": 33", "\"A\": 34", "twice"),
    ("\"version\": ", "\"version\" ", "colon"),
  ])
  func `a tokenizer.json that would give other ids is refused by name`(
    found: String, replacement: String, message: String
  ) throws {
    let folder = try ScratchFolder()
    let path = folder.path("tokenizer.json")
    _ = try TokenizerJSON.write(try EncoderTests.trained(.gpt4, size: 300), path: path)
    let text = String(decoding: try folder.read("tokenizer.json"), as: UTF8.self)
    #expect(text.contains(found))
    try folder.write(
      "tokenizer.json", Array(text.replacing(found, with: replacement).utf8))
    let error = #expect(throws: TokenizationError.self) { try TokenizerJSON.read(path: path) }
    #expect(error?.message.contains(message) == true, "\(String(describing: error))")
  }

  @Test func `the configuration names the special tokens`() throws {
    let folder = try ScratchFolder()
    let path = folder.path("tokenizer_config.json")
    _ = try TokenizerConfiguration.write(try EncoderTests.trained(.gpt4), path: path)
    let tree = try JSONTreeParser.parse(try folder.read("tokenizer_config.json"))
    #expect(tree["eos_token"] == .string("<|endoftext|>"))
    #expect(tree["added_tokens_decoder"]?["0"]?["content"] == .string("<|endoftext|>"))
    #expect(tree["tokenizer_class"] == .string("PreTrainedTokenizerFast"))
  }
}
