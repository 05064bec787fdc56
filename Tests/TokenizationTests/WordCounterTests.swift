import ByteKernels
import TestSupport
import Testing

@testable import Tokenization

struct WordCounterTests {
  static func words(in path: String) throws -> [[UInt8]: UInt64] {
    var words: [[UInt8]: UInt64] = [:]
    let reader = try CountFileReader(path: path)
    while try reader.next() { words[reader.word] = reader.count }
    return words
  }

  /// Pre-tokens of 1 to 60 bytes, which is to say both tables, and many distinct ones.
  static func texts(seed: UInt64) -> [String] {
    var generator = SeededGenerator(seed: seed)
    return (0..<40).map { _ in
      (0..<300).map { _ in
        let length = Int.random(in: 1...60, using: &generator)
        let letter = ["a", "b", "é", "中"].randomElement(using: &generator) ?? "a"
        return String(repeating: letter, count: length)
          + "\(Int.random(in: 0..<900, using: &generator))"
      }.joined(separator: " ")
    }
  }

  @Test func `every pre-token is counted`() throws {
    let folder = try ScratchFolder()
    let counter = WordCounter(
      CountHeader(split: .pattern(.gpt4)), memoryByteCount: 1 << 24,
      scratchPrefix: folder.path("run"))
    var expected: [[UInt8]: UInt64] = [:]
    for text in Self.texts(seed: 1) {
      let bytes = Array(text.utf8)
      try counter.add(bytes.span)
      var start = 0
      for end in ReferenceSplitter.ends(of: text, .gpt4) {
        expected[Array(bytes[start..<end]), default: 0] += 1
        start = end
      }
    }
    _ = try counter.publish(path: folder.path("counts"))
    #expect(try Self.words(in: folder.path("counts")) == expected)
  }

  @Test(arguments: [0, 400_000, 700_000, 1 << 30])
  func `the file is the same whatever the memory and the order`(memory: Int) throws {
    let folder = try ScratchFolder()
    func counts(_ texts: [String], _ memory: Int, _ name: String) throws -> [UInt8] {
      let counter = WordCounter(
        CountHeader(split: .pattern(.gpt2)), memoryByteCount: memory,
        scratchPrefix: folder.path("run"))
      for text in texts { try counter.add(Array(text.utf8).span) }
      let published = try counter.publish(path: folder.path(name))
      let bytes = try folder.read(name)
      #expect(published.byteCount == bytes.count && published.checksum == XXH64.hash(bytes.span))
      return bytes
    }
    let texts = Array(Self.texts(seed: 2).prefix(6))
    let plenty = try counts(texts, 1 << 30, "plenty")
    let other = try counts(Array(texts.reversed()), memory, "other")
    #expect(plenty == other)
    #expect(FileSystem.expand(folder.path("*.run")) == [])
  }

  /// Distinct words of letters.
  static func distinctWords(_ numbers: Range<Int>) -> [UInt8] {
    let digits = Array("abcdefghij")
    let words = numbers.map { number in
      String(String(number).map { digits[$0.wholeNumberValue ?? 0] })
    }
    return Array(words.joined(separator: " ").utf8)
  }

  @Test func `after a pre-token beyond the memory the tables are used again`() throws {
    let folder = try ScratchFolder()
    let counter = WordCounter(
      CountHeader(split: .pattern(.gpt2)), memoryByteCount: 400_000,
      scratchPrefix: folder.path("s"))
    try counter.add([UInt8](repeating: 0x61, count: 1_000_000).span)
    try counter.add(Self.distinctWords(0..<30_000).span)
    #expect((2...12).contains(FileSystem.expand(folder.path("s.*.run")).count))
  }

  @Test func `files of counts add up`() throws {
    let folder = try ScratchFolder()
    let texts = Self.texts(seed: 3)
    let whole = WordCounter(
      CountHeader(split: .pattern(.gpt4)), memoryByteCount: 1 << 30,
      scratchPrefix: folder.path("w"))
    var parts: [String] = []
    for (index, text) in texts.enumerated() {
      try whole.add(Array(text.utf8).span)
      let part = WordCounter(
        CountHeader(split: .pattern(.gpt4)), memoryByteCount: 1 << 30,
        scratchPrefix: folder.path("p"))
      try part.add(Array(text.utf8).span)
      parts.append(try part.publish(path: folder.path("part\(index)")).path)
    }
    _ = try whole.publish(path: folder.path("whole"))
    _ = try CountFiles.merge(
      parts, split: .pattern(.gpt4), weights: try SourceWeights(TokenizerSettings()),
      memoryByteCount: 500_000, scratchPrefix: folder.path("s"), to: folder.path("sum"))
    #expect(try folder.read("whole") == folder.read("sum"))
  }

  @Test func `a damaged or cut file is refused, wherever the damage is`() throws {
    let folder = try ScratchFolder()
    let counter = WordCounter(
      CountHeader(split: .pattern(.gpt4)), memoryByteCount: 1 << 20,
      scratchPrefix: folder.path("run"))
    try counter.add(Array("the cat sat on the mat and the dog".utf8).span)
    _ = try counter.publish(path: folder.path("counts"))
    let good = try folder.read("counts")
    for place in good.indices {
      var bytes = good
      bytes[place] ^= 0x10
      try folder.write("bad", bytes)
      #expect(throws: TokenizationError.self) { try Self.words(in: folder.path("bad")) }
      try folder.write("cut", Array(good[..<place]))
      #expect(throws: TokenizationError.self) { try Self.words(in: folder.path("cut")) }
    }
  }

  @Test func `counts of another pattern are refused`() throws {
    let folder = try ScratchFolder()
    let counter = WordCounter(
      CountHeader(split: .pattern(.gpt4)), memoryByteCount: 1 << 20,
      scratchPrefix: folder.path("run"))
    _ = try counter.publish(path: folder.path("counts"))
    #expect(throws: TokenizationError.self) {
      try CountFiles.merge(
        [folder.path("counts")], split: .pattern(.gpt2),
        weights: try SourceWeights(TokenizerSettings()), memoryByteCount: 1 << 20,
        scratchPrefix: folder.path("s"), to: folder.path("other"))
    }
  }
}
