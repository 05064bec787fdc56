import FoundationEssentials
import TestSupport
import Testing

@testable import Tokenization

struct EncoderTests {
  static func ids(_ encoder: Encoder, _ text: String) -> [UInt32] {
    var ids: [UInt32] = []
    encoder.encode(Array(text.utf8).span, into: &ids)
    return ids
  }

  static func trained(_ pattern: SplitPattern, size: Int = 700) throws -> Vocabulary {
    let texts = TextSamples.random(seed: 20, wordCount: 400).map { Array($0.utf8) }
    return try BPETrainerTests.train(
      texts, BPETrainerTests.settings(size, pattern, specialTokens: ["<|endoftext|>"]))
  }

  @Test(arguments: SplitPattern.allCases)
  func `ids are those of the definition, with a warm cache and a tiny one`(
    pattern: SplitPattern
  ) throws {
    let vocabulary = try Self.trained(pattern)
    let tokenizer = try Tokenizer(vocabulary)
    let reference = ReferenceEncoder(vocabulary)
    let encoder = tokenizer.makeEncoder()
    let forgetful = tokenizer.makeEncoder(cacheByteCount: 0)
    for round in 0..<120 {
      let text = TextSamples.random(seed: UInt64(round % 60), wordCount: round % 60).joined()
      let expected = reference.encode(text)
      #expect(Self.ids(encoder, text) == expected)
      #expect(Self.ids(forgetful, text) == expected)
      #expect(encoder.count(Array(text.utf8).span) == expected.count)
      #expect(try tokenizer.decode(expected) == Array(text.utf8))
    }
  }

  @Test func `pre-tokens of every length up to 130 are encoded as by the definition`() throws {
    let vocabulary = try Self.trained(.none)
    let reference = ReferenceEncoder(vocabulary)
    let encoder = try Tokenizer(vocabulary).makeEncoder()
    var generator = SeededGenerator(seed: 3)
    for length in 0...130 {
      for alphabet in ["a", "ab", "abé中'12. "] {
        let text = String(
          (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
        #expect(Self.ids(encoder, text) == reference.encode(text))
        #expect(Self.ids(encoder, text) == reference.encode(text))
      }
    }
  }

  @Test func `random bytes come back`() throws {
    let tokenizer = try Tokenizer(try Self.trained(.gpt4))
    let encoder = tokenizer.makeEncoder()
    var generator = SeededGenerator(seed: 4)
    for length in 0..<300 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      var ids: [UInt32] = []
      encoder.encode(bytes.span, into: &ids)
      #expect(try tokenizer.decode(ids) == bytes)
    }
  }

  @Test func `text that looks like a special token is ordinary text`() throws {
    let tokenizer = try Tokenizer(try Self.trained(.gpt4))
    let special = try #require(tokenizer.id(ofSpecialToken: "<|endoftext|>"))
    let ids = Self.ids(tokenizer.makeEncoder(), "a<|endoftext|>b")
    #expect(!ids.contains(special))
    #expect(try tokenizer.decode(ids) == Array("a<|endoftext|>b".utf8))
    #expect(try tokenizer.decode([special]) == Array("<|endoftext|>".utf8))
    #expect(tokenizer.id(ofSpecialToken: "<|other|>") == nil)
  }

  @Test func `an id that is not in the vocabulary is refused by number and place`() throws {
    let tokenizer = try Tokenizer(try Self.trained(.gpt4))
    let size = UInt32(tokenizer.vocabularySize)
    let error = #expect(throws: UnknownTokenError.self) { try tokenizer.decode([5, size]) }
    #expect(error == UnknownTokenError(id: size, position: 1, vocabularySize: Int(size)))
  }

  @Test func `a very long run is encoded as by the definition`() throws {
    let vocabulary = try Self.trained(.gpt4)
    let encoder = try Tokenizer(vocabulary).makeEncoder()
    let reference = ReferenceEncoder(vocabulary)
    for unit in ["a", "ab", "aab", "中", "é"] {
      let text = String(repeating: unit, count: 700)
      #expect(Self.ids(encoder, text) == reference.encode(text))
      // A million letters would not end if the time grew with the square of their number.
      let long = Self.ids(encoder, String(repeating: unit, count: 300_000))
      #expect(long.count * 700 <= reference.encode(text).count * 300_000 + 300_000)
    }
  }

  /// Long runs are shortened before the search; the heap of merges does without.
  @Test func `long runs within other text are encoded as by merging`() throws {
    let vocabulary = try Self.trained(.none, size: 900)
    let tables = try EncodingTables(vocabulary)
    let trie = try #require(tables.trie)
    let (backtracker, merger) = (Backtracker(tables.merges, trie), PieceMerger(tables.merges))
    var generator = SeededGenerator(seed: 9)
    for round in 0..<60 {
      let unit = ["a", "ab", "é", "中", "👩", "aab", "aabb"][round % 7]
      let sides = (0..<2).map { _ in
        TextSamples.random(seed: UInt64.random(in: 0..<99, using: &generator), wordCount: round % 5)
          .joined()
      }
      let length = Int.random(in: 1500..<6000, using: &generator)
      let text = sides[0] + String(repeating: unit, count: length / unit.utf8.count) + sides[1]
      let bytes = Array(text.utf8)
      #expect(
        PieceIDs.of(bytes, by: backtracker) == PieceIDs.of(bytes, by: merger), "\(unit) \(length)")
    }
  }

  @Test func `a cache that forgets gives the same ids`() throws {
    let vocabulary = try Self.trained(.gpt2)
    let tokenizer = try Tokenizer(vocabulary)
    let small = tokenizer.makeEncoder(cacheByteCount: 1)
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<30 {
      // Pre-tokens of 1 to 80 bytes, more of them than the cache holds, some again and again.
      let text = (0..<400).map { _ in
        let length = Int.random(in: 1...80, using: &generator)
        return String((0..<length).map { _ in "aab中".randomElement(using: &generator) ?? "a" })
      }.joined(separator: " ab ")
      #expect(Self.ids(small, text) == Self.ids(tokenizer.makeEncoder(), text))
    }
  }

  @Test func `a cache that grows gives the same ids`() throws {
    let tokenizer = try Tokenizer(try Self.trained(.gpt4))
    let (growing, small) = (tokenizer.makeEncoder(), tokenizer.makeEncoder(cacheByteCount: 0))
    var generator = SeededGenerator(seed: 7)
    let words = (0..<9000).map { _ in
      let length = Int.random(in: 1...40, using: &generator)
      return String((0..<length).map { _ in "abéz中".randomElement(using: &generator) ?? "a" })
    }
    for _ in 0..<2 {
      for start in stride(from: 0, to: words.count, by: 1000) {
        let text = words[start..<start + 1000].joined(separator: " ")
        #expect(Self.ids(growing, text) == Self.ids(small, text))
      }
    }
  }

  @Test func `a token no merges lead to is had by whole pre-tokens only where that is said`() throws
  {
    let bytes = (0...255).map { [UInt8($0)] }
    for accepts in [false, true] {
      let vocabulary = Vocabulary(
        tokens: bytes + [Array("abc".utf8)], merges: [], specialTokens: [], pattern: .gpt4,
        acceptsWholePreTokens: accepts)
      let encoder = try Tokenizer(vocabulary).makeEncoder(cacheByteCount: 0)
      #expect(Self.ids(encoder, "abc") == (accepts ? [256] : [97, 98, 99]))
      #expect(Self.ids(encoder, "abcd") == [97, 98, 99, 100])
    }
  }

  /// Merges that make one token in two ways, as in files converted from ranks.
  @Test func `a token made in two ways merges on alike`() throws {
    let tokens = (0...255).map { [UInt8($0)] } + ["ab", "bc", "abc", "abcd"].map { Array($0.utf8) }
    let merges: [Vocabulary.Merge] = [
      .init(left: 97, right: 98, product: 256), .init(left: 98, right: 99, product: 257),
      .init(left: 256, right: 99, product: 258), .init(left: 97, right: 257, product: 258),
      .init(left: 258, right: 100, product: 259),
    ]
    let vocabulary = Vocabulary(
      tokens: tokens, merges: merges, specialTokens: [], pattern: .none)
    let encoder = try Tokenizer(vocabulary).makeEncoder()
    let reference = ReferenceEncoder(vocabulary)
    var generator = SeededGenerator(seed: 8)
    // Such a vocabulary is merged step by step at any length: by all pairs, then through a heap.
    for length in [4, 30, 64, 65, 300, 1500] {
      for _ in 0..<20 {
        let text = String((0..<length).map { _ in "abcd".randomElement(using: &generator) ?? "a" })
        #expect(Self.ids(encoder, text) == reference.encode(text))
      }
    }
  }

  @Test func `a vocabulary that cannot be used is refused`() throws {
    let bytes = (0...255).map { [UInt8($0)] }
    #expect(throws: VocabularyError.self) {
      try Tokenizer(
        Vocabulary(tokens: bytes + [[65]], merges: [], specialTokens: [], pattern: .gpt4))
    }
  }

  @Test func `a merge of tokens that later merges make happens where it can`() throws {
    let bytes = (0...255).map { [UInt8($0)] }
    let vocabulary = Vocabulary(
      tokens: bytes + ["ab", "cd", "abcd", "xy", "xyz"].map { Array($0.utf8) },
      merges: [
        .init(left: 256, right: 257, product: 258), .init(left: 97, right: 98, product: 256),
        .init(left: 99, right: 100, product: 257), .init(left: 259, right: 122, product: 260),
      ], specialTokens: [], pattern: SplitPattern.none)
    let encoder = try Tokenizer(vocabulary).makeEncoder()
    for text in ["abcd", "abcdabcd", "xyz", "abc", String(repeating: "abcdab", count: 30)] {
      #expect(Self.ids(encoder, text) == ReferenceEncoder(vocabulary).encode(text))
    }
  }
}
