import Documents
import Testing

struct JSONTextTests {
  @Test(arguments: [("", "\"\""), ("a\"b\\c", #""a\"b\\c""#), ("\n\t\u{1}é", #""\n\t\u0001é""#)])
  func `a text becomes a quoted string`(text: String, json: String) {
    var bytes: [UInt8] = []
    JSONText.append(text, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == json)
  }
}
