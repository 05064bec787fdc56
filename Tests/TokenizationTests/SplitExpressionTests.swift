import Testing

@testable import Tokenization

/// Regular expressions of Oniguruma, as Hugging Face's tokenizers 0.23.3 finds them.
struct SplitExpressionTests {
  static func pieces(_ expression: String, _ text: String) throws -> [String] {
    let bytes = Array(text.utf8)
    var start = 0
    let pattern = SplitPattern.expression(try SplitExpression(expression))
    return PieceEnds.ends(of: bytes.span, pattern).map { end in
      defer { start = end }
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }
  }

  @Test(arguments: [
    // A + behind an interval repeats it, and is not possessive.
    (#"\p{N}{1,3}+"#, "1234567a", ["1234567", "a"]),
    (#"a{,2}b"#, "aaab", ["a", "aab"]), (#"a{2,3}?"#, "aaaa", ["aa", "aa"]),
    // $ is before every newline, and ^ behind it.
    (#"\s+$"#, "a \n b \n", ["a", " ", "\n b", " \n"]),
    (#"^a"#, "aa\na", ["a", "a\n", "a"]), (#"\Aa"#, "aa\na", ["a", "a\na"]),
    (#"a\Z"#, "aa\n", ["a", "a", "\n"]), (#"a\z"#, "a\n", ["a\n"]),
    // Options by themselves take alternatives along.
    (#"a(?i)s|b"#, "aSabB", ["aS", "ab", "B"]), (#"(?i:'s)x"#, "'\u{17F}x", ["'\u{17F}x"]),
    (#"(?m:a.b)"#, "a\nb", ["a\nb"]), (#"a.b"#, "a\nba\rb", ["a\nb", "a\rb"]),
    (#"\w+"#, "a\u{301}\u{B2}_4\u{200D}", ["a\u{301}\u{B2}_4", "\u{200D}"]),
    (#"\h+|\R"#, "fag\r\n\n", ["fa", "g", "\r\n", "\n"]),
    (#"[\p{L}&&[^\p{Han}]]+"#, "ab中c", ["ab", "中", "c"]), (#"\p{^Lu}+"#, "abC", ["ab", "C"]),
    (#"[[:punct:]\x{4e2d}-\u4E2E]+"#, "a+-中", ["a", "+-中"]), (#"\bb\B."#, "b bc", ["b ", "bc"]),
    (#"(?<=a)b(?#so)|(?<n>c)"#, "abbc", ["a", "b", "b", "c"]),
    (#"a{x}|{"#, "a{x}{", ["a{x}", "{"]),
    (#"(?>a+)a|b"#, "aab", ["aa", "b"]), (#"a**"#, "aab", ["aa", "b"]), (#"a*"#, "ba", ["b", "a"]),
    // Letters that are new in Unicode 16.
    (#"\p{Lu}"#, "\u{10D50}\u{10D70}", ["\u{10D50}", "\u{10D70}"]),
  ])
  func `texts are split as Oniguruma splits them`(
    expression: String, text: String, expected: [String]
  ) throws {
    #expect(try Self.pieces(expression, text) == expected)
  }

  @Test(arguments: [
    (#"\X"#, #"\X"#), (#"(a)\1"#, #"\1"#), ("(?i:ss)", "ss"), ("(?i:ß)", "ß"), ("a{2}?", "{2}?"),
    ("(?x: a)", "(?x"), ("a{3,2}", "{3,2}"), (#"\p{Foo}"#, #"\p{Foo}"#), ("[]a]", "empty class"),
    ("(?~a)", "(?~"), (#"\K"#, #"\K"#), ("(a", "without its )"), ("a)", "without its ("),
    ("[b-a]", "from b down to a"), ("[a", "without its ]"), (#"a\"#, "ends with a backslash"),
    (#"(?#\"#, "without its )"), ("(?<a", "name without its end"), ("(?'a", "name without its end"),
    ("+a", "repeats nothing"), (String(repeating: "(", count: 200), "too deep"),
    (String(repeating: "a", count: 70_000), "too long"), ("a{999999999}", "{999999999}"),
  ])
  func `what cannot be kept is refused by name`(expression: String, name: String) {
    let error = #expect(throws: SplitPatternError.self) { try SplitExpression(expression) }
    #expect(error?.message.contains(name) == true)
  }

  @Test(arguments: ["(", "(?<=a+)"])
  func `a long expression is not echoed whole`(fault: String) {
    let error = #expect(throws: SplitPatternError.self) {
      try SplitExpression(String(repeating: "a", count: 20_000) + fault)
    }
    #expect(error.map { $0.message.utf8.count < 400 } == true)
  }

  @Test func `a published pattern that is not built in is split as it says`() throws {
    // cl100k's, copied from tiktoken, where Hugging Face's engine takes it otherwise.
    let copied =
      #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"#
      + #"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"#
    #expect(try Self.pieces(copied, "a  \n b 12345") == ["a", "  \n", " b", " ", "12345"])
  }

  @Test(arguments: ["a", " ", "\n", "1", "A", "\u{301}", "!"])
  func `a hundred thousand of one scalar are split by an expression`(scalar: String) throws {
    let run = String(repeating: scalar, count: 100_000)
    let words = #"[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+|\s+(?!\S)|\s+"#
    let pieces = try Self.pieces(words, run)
    #expect(pieces.count == (scalar == "1" ? 100_000 : 1))
  }
}
