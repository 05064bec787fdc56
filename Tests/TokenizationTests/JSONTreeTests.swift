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

  /// What serde_json 1.0 reads, where that is not the nearest number.
  @Test(arguments: [
    ("-12.130167007446289", -12.130167007446287), ("0.1", 0.1), ("1e-400", 0),
    ("123456789012345678901234567890", 1.2345678901234568e29), ("2.5e3", 2500),
    ("0.00000000000000000000000000001", 1.0000000000000001e-29),
  ])
  func `numbers are read as Hugging Face reads them`(text: String, value: Double) throws {
    #expect(try JSONTreeParser.parse(Array(text.utf8)) == .number(value))
    let written = JSONNumber.text(value)
    #expect(JSONNumber.parse(Array(written.utf8)[...]) == value)
  }

  @Test(arguments: ["1e999", "01", "1.", ".5", "1e", "--1", "+1", "-"])
  func `what is no number is refused`(text: String) {
    #expect(throws: JSONTreeError.self) { try JSONTreeParser.parse(Array(text.utf8)) }
  }
}
