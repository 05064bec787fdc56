import TestSupport
import Testing
import TextAnalysis

@testable import Tokenization

struct SentencePieceTrainerTests {
  static func settings(_ size: Int) -> TokenizerSettings {
    var settings = TokenizerSettings()
    settings.algorithm = .sentencePieceBPE
    settings.vocabularySize = size
    settings.minimumFrequency = 1
    settings.specialTokens = []
    settings.characterCoverage = 1
    return settings
  }

  static func words(_ text: String, _ split: PieceSplit) -> [String] {
    var words: [String] = []
    split.forEachWord(of: Array(text.utf8).span) { word in
      words.append(String(decoding: word.indices.map { word[$0] }, as: UTF8.self))
    }
    return words
  }

  @Test func `text is cut at spaces, line ends, digits and changes of script`() {
    let all = PieceSplit(normalization: .identity, splitsDigits: true, splitsScripts: true)
    #expect(Self.words("ab cd\n\nef", all) == ["▁ab", "▁cd", "▁ef"])
    #expect(Self.words("a12", all) == ["▁a", "1", "2"])
    #expect(Self.words("  a", all) == ["▁", "▁", "▁a"])
    #expect(Self.words("abв(かナ漢", all) == ["▁ab", "в", "(", "かナ漢"])
    // A combining mark has the script of what it stands on.
    #expect(Self.words("e\u{301}a", all) == ["▁e\u{301}a"])
    let none = PieceSplit(normalization: .nfkc, splitsDigits: false, splitsScripts: false)
    #expect(Self.words("a12вﬁ", none) == ["▁a12вfi"])
    for split in [all, none] { #expect(PieceSplit(named: split.name) == split) }
  }

  @Test(arguments: [1 as UInt64, 2, 3])
  func `merges are those of counting anew each time`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var words: [String: UInt64] = [:]
    for _ in 0..<200 {
      let length = Int.random(in: 1...9, using: &generator)
      let word = (0..<length).map { _ in ["a", "b", "c"].randomElement(using: &generator) ?? "" }
      words[word.joined(), default: 0] += UInt64.random(in: 1...9, using: &generator)
    }
    let trained = try TrainingTests.train(words, Self.settings(259 + 3 + 60))
    let expected = ReferenceTrainer.merges(
      Dictionary(uniqueKeysWithValues: words.map { (Array($0.key.utf8), Int($0.value)) }),
      byteTokens: [0x61: 0, 0x62: 1, 0x63: 2], count: 60, minimumFrequency: 1)
    var spelled: [[UInt8]] = [[0x61], [0x62], [0x63]]
    for pair in expected {
      let bytes = spelled[Int(pair[0])] + spelled[Int(pair[1])]
      if !spelled.contains(bytes) { spelled.append(bytes) }
    }
    let pieces = try #require(trained.sentencePieceModel).pieces.map(\.text)
    #expect(Array(pieces[259..<(259 + 60)]) == Array(spelled[3...]))
    #expect(Set(pieces.suffix(3)) == Set(spelled.prefix(3)))
  }

  @Test func `rare characters are left to bytes, and pieces stay within their bounds`() throws {
    var settings = Self.settings(259 + 2 + 4)
    settings.characterCoverage = 0.99
    settings.maximumPieceLength = 2
    let trained = try TrainingTests.train(["aaaa": 1000, "bé": 3, "ab": 900], settings)
    let pieces = try #require(trained.sentencePieceModel).pieces
    #expect(
      pieces.dropFirst(259).map { String(decoding: $0.text, as: UTF8.self) } == [
        "aa", "ab", "a", "b",
      ])
    #expect(pieces[0].kind == .unknown && pieces[1].kind == .control && pieces[3].byte == 0)
    // "é" is two bytes, and with "b" three tokens.
    #expect(trained.tokenTotal == 1000 * 2 + 3 * 3 + 900)
    settings.vocabularySize = 260
    #expect(throws: SettingsError.self) {
      try TrainingTests.train(["ab": 1, "cd": 1], settings)
    }
  }

  @Test func `text and ids agree between the model and its tokenizer`() throws {
    let folder = try ScratchFolder()
    let settings = Self.settings(400)
    let counter = WordCounter(
      CountHeader(split: settings.split), memoryByteCount: 1 << 24, scratchPrefix: folder.path("s"))
    let texts = TextSamples.random(seed: 5, wordCount: 300)
    for text in texts { try counter.add(Array(text.utf8).span) }
    _ = try counter.publish(path: folder.path("counts"))
    let trained = try VocabularyTrainer.train(
      countFile: folder.path("counts"), settings: settings, memoryByteCount: 1 << 26)
    let model = try #require(trained.sentencePieceModel)
    _ = try model.write(path: folder.path("t.model"))
    _ = try TokenizerJSON.write(trained.vocabulary, path: folder.path("tokenizer.json"))
    let one = try Tokenizer(contentsOf: folder.path("t.model"))
    let other = try Tokenizer(contentsOf: folder.path("tokenizer.json"))
    let (first, second) = (one.makeEncoder(), other.makeEncoder())
    for text in texts {
      var (a, b): ([UInt32], [UInt32]) = ([], [])
      first.encode(Array(text.utf8).span, into: &a)
      second.encode(Array(text.utf8).span, into: &b)
      #expect(a == b, "\(text)")
      #expect(try other.decode(b) == Array(text.utf8))
    }
  }
}
