import ByteKernels
import TestSupport
import Testing
import TextAnalysis

@testable import Tokenization

/// Training from counts: what they may be, what the vocabulary then looks like.
struct TrainingTests {
  /// A count file of words, in any order.
  static func counts(
    _ words: [String: UInt64], _ settings: TokenizerSettings, _ folder: borrowing ScratchFolder,
    _ name: String = "counts", source: String = "", unit: UInt64 = 1
  ) throws -> String {
    var writer = try CountFileWriter(
      path: folder.path(name), CountHeader(split: settings.split, source: source, unit: unit))
    let sorted = words.map { (Array($0.key.utf8), $0.value) }.sorted {
      $0.0.lexicographicallyPrecedes($1.0)
    }
    for (word, count) in sorted { try writer.append(word.span, count: count) }
    return try writer.publish().path
  }

  static func train(
    _ words: [String: UInt64], _ settings: TokenizerSettings, unit: UInt64 = 1,
    memory: Int = 1 << 30
  ) throws -> TrainedVocabulary {
    let folder = try ScratchFolder()
    return try VocabularyTrainer.train(
      countFile: try counts(words, settings, folder, unit: unit), settings: settings,
      memoryByteCount: memory)
  }

  static func spelled(_ vocabulary: Vocabulary) -> [[String]] {
    vocabulary.merges.map { merge in
      [merge.left, merge.right].map {
        String(decoding: vocabulary.tokens[Int($0)], as: UTF8.self)
      }
    }
  }

  @Test func `counts go far beyond 32 bits`() throws {
    let settings = BPETrainerTests.settings(259, .none)
    let large = 1 << 33 as UInt64
    // In 32 bits "ab" would count 0 and "cd" 1.
    let trained = try Self.train(["ab": large, "cd": large + 1, "xyz": 5], settings)
    #expect(Self.spelled(trained.vocabulary) == [["c", "d"], ["a", "b"], ["x", "y"]])
    #expect(trained.tokenTotal == 2 * large + 1 + 2 * 5)
    #expect(trained.extent.total == 2 * large + 6)
  }

  @Test func `counts that cannot be summed are refused`() throws {
    #expect(throws: TokenizationError.self) {
      try Self.train(["ab": .max, "cd": .max], BPETrainerTests.settings(259, .none))
    }
  }

  @Test func `a file that lies about its extent is refused`() throws {
    let folder = try ScratchFolder()
    let settings = BPETrainerTests.settings(259, .none)
    let path = try Self.counts(["ab": 5, "cde": 7], settings, folder)
    let good = try folder.read("counts")
    let first = good.count - CountFile.trailerByteCount
    for place in first..<good.count {
      for value in [0, 0x7F, 0xFF] as [UInt8] where value != good[place] {
        var bytes = good
        bytes[place] = value
        try folder.write("counts", bytes)
        #expect(throws: TokenizationError.self) {
          try VocabularyTrainer.train(
            countFile: path, settings: settings, memoryByteCount: 1 << 26)
        }
      }
    }
  }

  @Test func `a minimum frequency is in occurrences whatever the unit`() throws {
    let settings = BPETrainerTests.settings(300, .none, minimumFrequency: 3)
    let trained = try Self.train(["ab": 2999, "cd": 3000], settings, unit: 1000)
    #expect(Self.spelled(trained.vocabulary) == [["c", "d"]])
  }

  @Test(arguments: [20_000, 40_000, 1 << 20])
  func `memory for lists of words changes no merge`(memory: Int) throws {
    var generator = SeededGenerator(seed: 3)
    var words: [String: UInt64] = [:]
    for _ in 0..<900 {
      let length = Int.random(in: 2...12, using: &generator)
      let word = (0..<length).map { _ in
        ["a", "b", "c", "d"].randomElement(using: &generator) ?? ""
      }
      words[word.joined(), default: 0] += UInt64.random(in: 1...50, using: &generator)
    }
    let settings = BPETrainerTests.settings(420, .none, minimumFrequency: 2)
    var byteTokens: [UInt8: UInt32] = [:]
    for (place, byte) in ByteAlphabet.order.enumerated() { byteTokens[byte] = UInt32(place) }
    let expected = ReferenceTrainer.merges(
      Dictionary(uniqueKeysWithValues: words.map { (Array($0.key.utf8), Int($0.value)) }),
      byteTokens: byteTokens, count: 420 - 256, minimumFrequency: 2)
    let base = MergeLearner<UInt16>.baseMemoryByteCount(
      wordCount: words.count, tokenCount: words.keys.reduce(0) { $0 + $1.utf8.count },
      idBound: 420)
    let trained = try Self.train(words, settings, memory: base + memory)
    #expect(trained.vocabulary.merges.map { [$0.left, $0.right] } == expected)
  }

  @Test(arguments: [
    (SpecialTokenPlace.first, [] as [Int], [0, 1, 2]), (.last, [], [256, 257, 258]),
    (.first, [7, 258, 3], [7, 258, 3]),
  ])
  func `special tokens have the ids asked for`(
    place: SpecialTokenPlace, given: [Int], expected: [Int]
  ) throws {
    var settings = BPETrainerTests.settings(259, .none, specialTokens: ["<|a|>"])
    settings.reservedTokens = 2
    settings.specialTokenPlace = place
    settings.specialTokenIDs = given
    let vocabulary = try Self.train(["ab": 3], settings).vocabulary
    let names = ["<|a|>", "<|reserved_0|>", "<|reserved_1|>"]
    #expect(
      names.map { name in vocabulary.specialTokens.first { $0.text == name }?.id }
        == expected.map { UInt32($0) })
    #expect(Set(vocabulary.tokens).count == 259)
    // The others keep their order.
    let bytes = vocabulary.tokens.filter { $0.count == 1 }
    #expect(bytes == ByteAlphabet.order.map { [$0] })
  }

  @Test func `a vocabulary size is rounded up to a multiple`() throws {
    var settings = BPETrainerTests.settings(257, .none)
    settings.vocabularyMultiple = 8
    #expect(try Self.train(["abcdefghijklmnop": 4], settings).vocabulary.size == 264)
  }

  @Test func `weights and temperatures multiply counts exactly`() throws {
    let folder = try ScratchFolder()
    var settings = BPETrainerTests.settings(300, .none)
    settings.sourceWeights = ["wiki=2.5", "a=b=0.001"]
    let files = [
      try Self.counts(["ab": 10, "cd": 1], settings, folder, "1", source: "wiki"),
      try Self.counts(["ab": 7], settings, folder, "2", source: "a=b"),
      try Self.counts(["cd": 3], settings, folder, "3"),
    ]
    _ = try CountFiles.merge(
      files, split: settings.split, weights: try SourceWeights(settings), memoryByteCount: 1 << 20,
      scratchPrefix: folder.path("s"), to: folder.path("sum"))
    #expect(
      try WordCounterTests.words(in: folder.path("sum"))
        == [Array("ab".utf8): 25_007, Array("cd".utf8): 5_500])
    var lifted = TokenizerSettings()
    lifted.samplingTemperature = 2
    let weights = try SourceWeights(lifted).weights(["large": 40_000, "small": 100])
    #expect(weights == ["large": 1000, "small": 20_000])
  }

  @Test func `a sample is the same for every order and worker, and seeds choose others`() throws {
    let folder = try ScratchFolder()
    var settings = TokenizerSettings()
    settings.sampleShare = 0.25
    func taken(_ seed: Int) throws -> [Bool] {
      settings.sampleSeed = seed
      let counter = try SourceCounter(
        settings, memoryByteCount: 1 << 20, scratchPrefix: folder.path("s"))
      return (0..<2000).map { counter.takes(id: "document-\($0)") }
    }
    let first = try taken(1)
    #expect(try taken(1) == first)
    #expect(try taken(2) != first)
    #expect((430...570).contains(first.count { $0 }))
  }

  @Test func `sources with weights are counted apart within the memory of all`() throws {
    let folder = try ScratchFolder()
    var settings = TokenizerSettings()
    settings.samplingTemperature = 2
    let counter = try SourceCounter(
      settings, memoryByteCount: 400_000, scratchPrefix: folder.path("s"))
    let texts = WordCounterTests.texts(seed: 4)
    for (index, text) in texts.enumerated() {
      try counter.add(Array(text.utf8).span, source: "source \(index % 3)")
    }
    let files = try counter.publish(prefix: folder.path("counts")).map(\.path)
    #expect(
      files.map(FileSystem.baseName) == ["counts.counts", "counts-1.counts", "counts-2.counts"])
    for (number, file) in files.enumerated() {
      #expect(try CountFileReader(path: file).header.source == "source \(number)")
      let whole = WordCounter(
        CountHeader(split: settings.split, source: "source \(number)"), memoryByteCount: 1 << 30,
        scratchPrefix: folder.path("w"))
      for (index, text) in texts.enumerated() where index % 3 == number {
        try whole.add(Array(text.utf8).span)
      }
      _ = try whole.publish(path: folder.path("whole"))
      #expect(try folder.read("whole") == folder.read(FileSystem.baseName(file)))
    }
  }

  @Test func `a source that comes late has memory too`() throws {
    let folder = try ScratchFolder()
    var settings = TokenizerSettings()
    settings.samplingTemperature = 2
    let counter = try SourceCounter(
      settings, memoryByteCount: 900_000, scratchPrefix: folder.path("s"))
    for source in ["early", "late"] {
      try counter.add(WordCounterTests.distinctWords(0..<30_000).span, source: source)
    }
    #expect((1...4).contains(FileSystem.expand(folder.path("s-1.*.run")).count))
  }

  @Test func `sources of several counters are too many as those of one`() throws {
    let folder = try ScratchFolder()
    var settings = TokenizerSettings()
    settings.samplingTemperature = 2
    let bound = SourceCounter.maximumSourceCount
    let sources = 0...bound
    var files: [String] = []
    for half in [sources.prefix(bound / 2), sources.dropFirst(bound / 2)] {
      let counter = try SourceCounter(
        settings, memoryByteCount: 1 << 30, scratchPrefix: folder.path("s"))
      for source in half { try counter.add([0x61].span, source: "source \(source)") }
      files += try counter.publish(prefix: folder.path("\(half.startIndex)")).map(\.path)
    }
    let weights = try SourceWeights(settings)
    func merge(_ files: [String]) throws {
      _ = try CountFiles.merge(
        files, split: settings.split, weights: weights, memoryByteCount: 1 << 20,
        scratchPrefix: folder.path("m"), to: folder.path("all"))
    }
    #expect(throws: SourceCounter.tooManySources(folder.path("all"))) { try merge(files) }
    try merge(Array(files.dropLast()))
  }

  @Test(arguments: [
    ("source-weights", "wiki"), ("source-weights", "wiki=0"), ("source-weights", "wiki=nan"),
  ])
  func `weights that are none are refused`(setting: String, text: String) {
    var settings = TokenizerSettings()
    settings.sourceWeights = [text]
    #expect(throws: SettingsError.self) { try settings.validate() }
  }
}
