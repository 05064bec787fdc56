import GristmillTokenizer
import TestSupport
import Testing

/// The library as other packages see it: nothing but what is public.
struct LibraryTests {
  private static let ranks = "tokenizer/tiktoken/cl100k_base.tiktoken"

  /// All single bytes, "ab" and "abab".
  private func small(_ scratch: ScratchFolder) throws -> Tokenizer {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    func base64(_ bytes: [UInt8]) -> String {
      var text = ""
      for start in stride(from: 0, to: bytes.count, by: 3) {
        let chunk = bytes[start..<min(start + 3, bytes.count)]
        var bits = 0
        for place in 0..<3 {
          bits = bits << 8 | (place < chunk.count ? Int(bytes[start + place]) : 0)
        }
        for place in 0..<4 {
          text.append(place <= chunk.count ? digits[bits >> (18 - 6 * place) & 63] : "=")
        }
      }
      return text
    }
    let tokens = (0..<256).map { [UInt8($0)] } + [[97, 98], [97, 98, 97, 98]]
    let lines = tokens.enumerated().map { "\(base64($1)) \($0)\n" }.joined()
    let path = try scratch.write("small.tiktoken", Array(lines.utf8))
    return try Tokenizer(contentsOf: path, pattern: "gpt2")
  }

  @Test func `texts become ids and ids become texts`() throws {
    let tokenizer = try small(try ScratchFolder())
    #expect(tokenizer.vocabularySize == 258)
    #expect(tokenizer.encode("ababab c") == [257, 256, 32, 99])
    #expect(tokenizer.count("ababab c") == 4)
    #expect(try tokenizer.decode([257, 256, 32, 99]) == "ababab c")
    #expect(try tokenizer.decodeBytes([0xC3]) == [0xC3])
    #expect(try tokenizer.decode([0xC3]) == "\u{FFFD}")
    #expect(tokenizer.encode("") == [])
  }

  @Test func `each id tells which bytes it stands for`() throws {
    let tokenizer = try small(try ScratchFolder())
    let (ids, ranges) = try #require(tokenizer.encodeWithRanges("é abab"))
    #expect(ids == tokenizer.encode("é abab"))
    #expect(ranges == [0..<1, 1..<2, 2..<3, 3..<7])
  }

  @Test func `what is wrong is said`() throws {
    let tokenizer = try small(try ScratchFolder())
    let unknown = #expect(throws: TokenizerError.self) { try tokenizer.decode([1000]) }
    #expect(unknown?.message.contains("1000") == true)
    let missing = #expect(throws: TokenizerError.self) {
      try Tokenizer(contentsOf: "no/such/tokenizer.json")
    }
    #expect(missing?.message.contains("no/such/tokenizer.json") == true)
    #expect(throws: TokenizerError.self) {
      try Tokenizer(contentsOf: "no/such.tiktoken", pattern: "no-such-pattern")
    }
  }

  @Test func `many texts at once, and long ones, give the same ids`() async throws {
    let tokenizer = try small(try ScratchFolder())
    var generator = SeededGenerator(seed: 3)
    var texts = (0..<300).map { _ in
      String(
        (0..<Int.random(in: 0..<200, using: &generator)).map { _ in
          Array("ab c\né").randomElement(using: &generator) ?? "a"
        })
    }
    texts.insert(String(repeating: "abab ab abba ", count: 300_000), at: 7)
    texts.append(String(repeating: "ab", count: 2_000_000))
    let ids = await tokenizer.encode(texts)
    #expect(ids.count == texts.count)
    for (text, ids) in zip(texts, ids) { #expect(ids == tokenizer.encode(text)) }
    #expect(await tokenizer.encode([]).isEmpty)
  }

  @Test func `threads may share a tokenizer`() async throws {
    let tokenizer = try small(try ScratchFolder())
    let expected = tokenizer.encode("abab cab")
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<64 { group.addTask { tokenizer.encode("abab cab") == expected } }
      for await isEqual in group { #expect(isEqual) }
    }
  }

  @Test(.enabled(if: SharedData.path(ranks) != nil, "needs the shared data"))
  func `special tokens are ordinary text unless they are allowed`() throws {
    let tokenizer = try Tokenizer(contentsOf: try #require(SharedData.path(Self.ranks)))
    let id = try #require(tokenizer.id(ofSpecialToken: "<|endoftext|>"))
    #expect(!tokenizer.encode("a<|endoftext|>").contains(id))
    #expect(tokenizer.encode("a<|endoftext|>", allowingSpecialTokens: true) == [64, id])
    #expect(try tokenizer.decode([64, id]) == "a<|endoftext|>")
    #expect(try tokenizer.decode([64, id], skippingSpecialTokens: true) == "a")
  }
}
