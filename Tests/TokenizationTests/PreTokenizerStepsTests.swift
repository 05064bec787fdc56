import Testing

@testable import Tokenization

/// The steps of a `tokenizer.json` on texts that no single pattern cuts.
struct PreTokenizerStepsTests {
  static func list(_ json: String, _ text: String) throws -> PieceList {
    try PreTokenizer(JSONTreeParser.parse(Array(json.utf8)))
      .pieces(of: AlignedText(Array(text.utf8).span, offset: 0))
  }

  /// What Hugging Face's tokenizers 0.23.3 makes of them, with its offsets in bytes.
  @Test(
    arguments: [
      (
        #"{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}"#,
        "a 1\u{B2}b  x", ["a", " 1\u{B2}", "b", " ", " x"],
        [0..<1, 1..<5, 5..<6, 6..<7, 7..<9]
      ),
      (
        #"{"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true}"#,
        "ab cd", [" ab", " cd"],
        [0..<2, 2..<5]
      ),
      (
        #"{"type": "Digits", "individual_digits": false}"#,
        "a12\u{B2}b3", ["a", "12\u{B2}", "b", "3"],
        [0..<1, 1..<5, 5..<6, 6..<7]
      ),
      (
        #"{"type": "Digits", "individual_digits": true}"#,
        "a12\u{B2}b3", ["a", "1", "2", "\u{B2}", "b", "3"],
        [0..<1, 1..<2, 2..<3, 3..<5, 5..<6, 6..<7]
      ),
      (
        #"{"type": "Whitespace"}"#,
        "a_1 \u{24D0}+x\u{301}\u{203F} y\u{200D}!",
        ["a_1", "\u{24D0}", "+", "x\u{301}\u{203F}", "y\u{200D}", "!"],
        [0..<3, 4..<7, 7..<8, 8..<14, 15..<19, 19..<20]
      ),
      (
        #"{"type": "WhitespaceSplit"}"#,
        " a\u{3000}b\u{2028}c ", ["a", "b", "c"],
        [1..<2, 5..<6, 9..<10]
      ),
      (
        #"{"type": "BertPreTokenizer"}"#,
        "a,b $c\u{3001}d", ["a", ",", "b", "$", "c", "\u{3001}", "d"],
        [0..<1, 1..<2, 2..<3, 4..<5, 5..<6, 6..<9, 9..<10]
      ),
      (
        #"{"type": "CharDelimiterSplit", "delimiter": "a"}"#,
        "bab aab", ["b", "b ", "b"],
        [0..<1, 2..<4, 6..<7]
      ),
      (
        #"{"type": "FixedLength", "length": 3}"#,
        "\u{E9}12\u{4E2D}5xy", ["\u{E9}12", "\u{4E2D}5x", "y"],
        [0..<4, 4..<9, 9..<10]
      ),
      (
        #"{"type": "Sequence", "pretokenizers": [{"type": "Punctuation", "behavior": "Contiguous"}, {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}, {"type": "Digits", "individual_digits": false}, {"type": "Split", "pattern": {"Regex": "[0-9][0-9][0-9]"}, "behavior": "Isolated", "invert": false}]}"#,
        "a1234 .,! x", ["a", "123", "4", " ", ".,!", " x"],
        [0..<1, 1..<4, 4..<5, 5..<6, 6..<9, 9..<11]
      ),
      (
        #"{"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": true}, {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}]}"#,
        "ab 12c", ["ab", " ", "1", "2", "c"],
        [0..<2, 2..<3, 3..<4, 4..<5, 5..<6]
      ),
      (
        #"{"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true}]}"#,
        "ab cd", [" ab", " cd"],
        [0..<2, 3..<5]
      ),
      (
        #"{"type": "Split", "pattern": {"String": " "}, "behavior": "MergedWithPrevious", "invert": false}"#,
        "a  b c", ["a ", " ", "b ", "c"],
        [0..<2, 2..<3, 3..<5, 5..<6]
      ),
      (
        #"{"type": "Punctuation", "behavior": "Contiguous"}"#,
        "a,.!b,", ["a", ",.!", "b", ","],
        [0..<1, 1..<4, 4..<5, 5..<6]
      ),
      (
        #"{"type": "Split", "pattern": {"Regex": "\\p{L}|9"}, "behavior": "MergedWithPrevious", "invert": false}"#,
        "x9\u{E9}!9", ["x", "9", "\u{E9}", "!9"],
        [0..<1, 1..<2, 2..<4, 4..<6]
      ),
      (
        #"{"type": "Split", "pattern": {"Regex": "\\p{L}|9"}, "behavior": "MergedWithNext", "invert": false}"#,
        "x9\u{E9}!9", ["x", "9", "\u{E9}!", "9"],
        [0..<1, 1..<2, 2..<5, 5..<6]
      ),
      (
        #"{"type": "Split", "pattern": {"Regex": "\\p{L}|9"}, "behavior": "MergedWithNext", "invert": true}"#,
        "x9\u{E9}!9 ", ["x", "9", "\u{E9}", "!9", " "],
        [0..<1, 1..<2, 2..<4, 4..<6, 6..<7]
      ),
      (
        #"{"type": "Split", "pattern": {"Regex": "\\p{L}|9"}, "behavior": "Contiguous", "invert": false}"#,
        "x9\u{E9}!9 ", ["x9\u{E9}", "!", "9", " "],
        [0..<4, 4..<5, 5..<6, 6..<7]
      ),
      (
        #"{"type": "Split", "pattern": {"Regex": "\\p{L}|9"}, "behavior": "Removed", "invert": true}"#,
        "x9\u{E9}!9 ", ["x", "9", "\u{E9}", "9"],
        [0..<1, 1..<2, 2..<4, 5..<6]
      ),
      (
        #"{"type": "Split", "pattern": {"String": "a"}, "behavior": "MergedWithNext", "invert": false}"#,
        "baabxa", ["b", "a", "abx", "a"],
        [0..<1, 1..<2, 2..<5, 5..<6]
      ),
      (
        #"{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true}"#,
        "a  b\u{2581}c", ["\u{2581}a", "\u{2581}", "\u{2581}b", "\u{2581}c"],
        [0..<1, 1..<2, 2..<4, 4..<8]
      ),
      (
        #"{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": false}"#,
        " a b", ["\u{2581}a\u{2581}b"],
        [0..<4]
      ),
      (
        #"{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "split": true}"#,
        " a b", ["\u{2581}a", "\u{2581}b"],
        [0..<2, 2..<4]
      ),
      (
        #"{"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": true}]}"#,
        " a b", ["a", "b"],
        [1..<2, 3..<4]
      ),
    ] as [(String, String, [String], [Range<Int>])])
  func `pieces and places are those of Hugging Face`(
    json: String, text: String, pieces: [String], places: [Range<Int>]
  ) throws {
    let list = try Self.list(json, text)
    let starts = [0] + list.ends.dropLast()
    let ranges = zip(starts, list.ends).map { $0..<$1 }
    #expect(ranges.map { String(decoding: list.text.bytes[$0], as: UTF8.self) } == pieces)
    #expect(ranges.map { list.text.place(of: $0) } == places)
  }

  @Test func `behind ByteLevel a step sees bytes as characters`() throws {
    let json =
      #"{"type":"Sequence","pretokenizers":[{"type":"ByteLevel","add_prefix_space":false},"#
      + #"{"type":"Digits","individual_digits":false}]}"#
    // The second byte of the half is spelled as the half itself, which is a number.
    let list = try Self.list(json, "a\u{BD}")
    #expect(list.text.bytes == [0x61, 0xC2, 0xBD] && list.ends == [1, 2, 3])
  }

  @Test func `only the beginning of the text takes the sign that comes first`() throws {
    let json = #"{"type":"Metaspace","replacement":"\u2581","prepend_scheme":"first"}"#
    let steps = try PreTokenizer(JSONTreeParser.parse(Array(json.utf8)))
    let bytes = Array("a b".utf8)
    let text = AlignedText(bytes.span, offset: nil)
    #expect(steps.pieces(of: text, beginsText: false).ends == [1, 5])
    #expect(steps.pieces(of: text, beginsText: true).ends == [4, 8])
    #expect(steps.pieces(of: AlignedText(bytes.span, offset: 5)).ends == [1, 5])
    #expect(steps.pieces(of: AlignedText([UInt8]().span, offset: 0)).ends == [])
  }

  @Test(arguments: SplitPattern.allCases)
  func `a pattern's steps are recognised, and cut as the pattern does`(
    pattern: SplitPattern
  ) throws {
    let steps = PreTokenizer(pattern)
    #expect(steps.pattern == pattern)
    let again = try PreTokenizer(steps.tree)
    #expect(again == steps && again.pattern == pattern)
    for text in ["ab 12c  it's\n\n", "x\u{301}1234 \u{4E2D}\u{30FB}A", ""] {
      let bytes = Array(text.utf8)
      let list = steps.pieces(of: AlignedText(bytes.span, offset: nil))
      #expect(list.ends == PieceEnds.ends(of: bytes.span, pattern))
    }
  }

  @Test(arguments: [
    (
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\r\n]*"
        + "|\\s*[\r\n]+|\\s+(?!\\S)|\\s+", SplitPattern.qwen2
    ),
    (
      #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*+"#
        + #"|\s*[\r\n]|\s+(?!\S)|\s"#, .llama3
    ),
  ])
  func `other spellings of a pattern are recognised`(
    expression: String, pattern: SplitPattern
  ) throws {
    let bytes = PreTokenizer.Step.byteLevel(
      addsPrefixSpace: false, splits: false, trimsOffsets: false)
    let split = try SplitExpression(expression)
    for step in [
      PreTokenizer.Step.split(.expression(split), .isolated, isInverted: false),
      .split(.expression(split), .removed, isInverted: true),
    ] {
      #expect(PreTokenizer([step, bytes]).pattern == pattern)
    }
    let merged = PreTokenizer.Step.split(
      .expression(split), .mergedWithNext, isInverted: false)
    #expect(PreTokenizer([merged, bytes]).pattern == nil)
    #expect(PreTokenizer([bytes, merged]).pattern == nil)
  }

  @Test func `expressions that cut otherwise are not taken for patterns`() throws {
    let bytes = PreTokenizer.Step.byteLevel(
      addsPrefixSpace: false, splits: false, trimsOffsets: false)
    let numbers = PreTokenizer.Step.split(
      .expression(try SplitExpression(#"\p{N}{1,3}"#)), .removed, isInverted: true)
    #expect(PreTokenizer([numbers, bytes]).pattern == nil)
    let word = try SplitExpression("Digits")
    let isolated = PreTokenizer.Step.split(.expression(word), .isolated, isInverted: false)
    #expect(PreTokenizer([isolated, bytes]).pattern == .expression(word))
  }

  @Test(arguments: [
    (#"{"type":"Sequence"}"#, "pretokenizers"),
    (
      #"{"type":"Sequence","pretokenizers":[{"type":"ByteLevel"},{"type":"ByteLevel"}]}"#,
      "two ByteLevel"
    ),
    (#"{"type":"UnicodeScripts"}"#, "UnicodeScripts"), (#"{"type":"FixedLength"}"#, "length"),
    (#"{"type":"Split","pattern":{"Regex":"a("},"behavior":"Isolated"}"#, "a("),
    (#"{"type":"Split","pattern":{"Regex":"a"},"behavior":"Joined"}"#, "behavior"),
    (#"{"type":"Metaspace","replacement":"ab"}"#, "replacement"),
  ])
  func `what cannot be done is refused by name`(json: String, name: String) throws {
    let tree = try JSONTreeParser.parse(Array(json.utf8))
    let error = #expect(throws: VocabularyError.self) { try PreTokenizer(tree) }
    #expect(error?.message.contains(name) == true)
  }

  @Test func `a pattern that is not known is refused with those that are`() {
    let error = #expect(throws: SplitPatternError.self) { try SplitPattern(named: "gpt5") }
    #expect(error?.message.contains("deepseek-v3") == true)
    #expect(error?.message.contains("regex:") == true)
    #expect(SplitPattern(rawValue: "regex:[") == nil)
    #expect(SplitPattern(rawValue: "regex:a+")?.rawValue == "regex:a+")
  }
}
