import Testing

@testable import Tokenization

struct JSONTreeTests {
  @Test(arguments: [
    (
      #" {"a": [1, -2.5e1, true, false, null], "b": {}} "#,
      JSONTree.object([
        ("a", .array([.number(1), .number(-25), .bool(true), .bool(false), .null])),
        ("b", .object([])),
      ])
    ),
    (#""\u00e9\ud83d\ude00\n\"\/é""#, .string("é😀\n\"/é")),
    ("[]", .array([])),
  ])
  func `a value is read with its members in order`(text: String, expected: JSONTree) throws {
    #expect(try JSONTreeParser.parse(Array(text.utf8)) == expected)
  }

  @Test(arguments: [
    ("", 0), ("[1,]", 3), ("{\"a\" 1}", 5), ("\"abc", 0), ("\"\\ud83d\"", 7), ("\"\\x\"", 2),
    ("nul", 0), ("1 2", 2), ("[1", 2), ("{1}", 1), ("\"\u{1}\"", 1), ("-", 0),
    (String(repeating: "[", count: 100), 64),
  ])
  func `what is not JSON is refused with its place`(text: String, offset: Int) {
    let error = #expect(throws: JSONTreeError.self) {
      try JSONTreeParser.parse(Array(text.utf8))
    }
    #expect(error?.byteOffset == offset)
  }
}
