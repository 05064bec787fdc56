import TestSupport
import Testing

@testable import Tokenization

/// Ids of small models, as Hugging Face's tokenizers 0.23.3 gives them.
struct ModelRulesTests {
  private static func ids(_ vocabulary: Vocabulary, _ text: String) throws -> [UInt32] {
    let tokenizer = try Tokenizer(vocabulary)
    let encoder = tokenizer.makeEncoder(cacheByteCount: 1 << 20)
    let ids = EncoderTests.ids(encoder, text)
    let again = encoder.encodeWithRanges(Array(text.utf8).span)?.ids
    #expect(again == ids)
    return ids
  }

  private static func tokens(_ names: [String]) -> [[UInt8]] { names.map { Array($0.utf8) } }

  @Test func `the least score is that of any token, special or not`() throws {
    func vocabulary(_ names: [String], _ scores: [Double]) -> Vocabulary {
      Vocabulary(
        tokens: Self.tokens(names), merges: [],
        addedTokens: names.contains("<s>") ? [AddedToken(id: 5, text: "<s>")] : [],
        preTokenizer: PreTokenizer([]),
        model: .unigram(scores: scores, CharacterRules(unknownID: 0, fusesUnknown: true)))
    }
    let (names, scores) = (["<unk>", "ab", "c", "d", "bcd"], [0, -9, -9, -9, 0.0])
    #expect(try Self.ids(vocabulary(names, scores), "abcd") == [0, 4])
    #expect(try Self.ids(vocabulary(names + ["<s>"], scores + [-100]), "abcd") == [1, 2, 3])
  }

  @Test func `a piece with bytes that have no token is no whole token`() throws {
    let vocabulary = Vocabulary(
      tokens: Self.tokens(["a", "b", "ab"]), merges: [], specialTokens: [], pattern: .none,
      acceptsWholePreTokens: true)
    #expect(try Self.ids(vocabulary, "ab") == [2])
    #expect(try Self.ids(vocabulary, "a\u{E9}b") == [0, 1])
  }

  @Test func `a special token of one character is that character's token`() throws {
    let vocabulary = Vocabulary(
      tokens: Self.tokens(["<unk>", "a", "\u{7684}"]), merges: [],
      addedTokens: [AddedToken(id: 2, text: "\u{7684}")], preTokenizer: PreTokenizer([]),
      model: .characters(CharacterRules(unknownID: 0)))
    #expect(try Self.ids(vocabulary, "a\u{7684}") == [1, 2])
  }

  @Test(arguments: [
    (#"{"type":"Strip","strip_left":true,"strip_right":false}"#, "  a b", [0, 1, 2]),
    (#"{"type":"Strip","strip_left":true,"strip_right":false}"#, "a b", [1, 0, 1, 2]),
    (#"{"type":"Replace","pattern":{"Regex":"^ +"},"content":""}"#, " a", [0]),
    (#"{"type":"Replace","pattern":{"Regex":"^ "},"content":"x"}"#, "  a b", [1, 3, 1, 0, 1, 2]),
    (#"{"type":"Prepend","prepend":"x"}"#, "  a", [1, 3, 1, 1, 0]),
    (#"{"type":"Lowercase"}"#, "A", [1, 0]),
  ])
  func `a text takes the sign that comes first where its beginning is still there`(
    normalizer: String, text: String, expected: [UInt32]
  ) throws {
    let sign = #"{"type":"Metaspace","replacement":"\u2581","prepend_scheme":"first"}"#
    let vocabulary = Vocabulary(
      tokens: Self.tokens(["a", "\u{2581}", "b", "x"]), merges: [], addedTokens: [],
      normalizers: try Normalizer.list(JSONTreeParser.parse(Array(normalizer.utf8))),
      preTokenizer: try PreTokenizer(JSONTreeParser.parse(Array(sign.utf8))),
      model: .characters(CharacterRules()))
    #expect(try Self.ids(vocabulary, text) == expected)
  }

  @Test(arguments: [
    (true, true, [0, 4, 2, 4, 0]), (false, true, [0, 4, 4, 4, 2, 4, 4, 0]),
    (true, false, [0, 4, 4, 4, 2, 4, 4, 0]),
  ])
  func `added tokens that take white space along are found in time linear in it`(
    stripsLeft: Bool, stripsRight: Bool, expected: [UInt32]
  ) throws {
    let vocabulary = Vocabulary(
      tokens: Self.tokens(["a", "\u{2581}", "b", "x", " "]), merges: [],
      addedTokens: [
        AddedToken(
          id: 4, text: " ", isSpecial: false, stripsLeft: stripsLeft, stripsRight: stripsRight,
          isInModel: false)
      ], preTokenizer: PreTokenizer([]), model: .characters(CharacterRules()))
    #expect(try Self.ids(vocabulary, "a   b  a") == expected)
    let spaces = String(repeating: " ", count: 100_000)
    let count = stripsLeft && stripsRight ? 3 : 100_002
    #expect(try Self.ids(vocabulary, "a\(spaces)b").count == count)
  }

  @Test func `byte fallback of a byte-level model without all bytes is refused by name`() throws {
    let folder = try ScratchFolder()
    let json =
      #"{"model":{"type":"BPE","vocab":{"a":0},"merges":[],"byte_fallback":true},"#
      + #""pre_tokenizer":{"type":"ByteLevel"}}"#
    try folder.write("tokenizer.json", Array(json.utf8))
    let error = #expect(throws: TokenizationError.self) {
      try TokenizerJSON.read(path: folder.path("tokenizer.json"))
    }
    #expect(error?.message.contains("byte_fallback") == true)
  }
}
