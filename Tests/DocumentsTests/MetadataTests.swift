import Documents
import Testing

struct MetadataTests {
  private func metadata(_ members: String) -> Metadata { Metadata(members: Array(members.utf8)) }

  @Test(arguments: [
    ("", "\"k\":\"v\""),
    ("\"a\":1", "\"a\":1,\"k\":\"v\""),
    ("\"k\":1", "\"k\":\"v\""),
    ("\"k\":1,\"a\":{\"k\":2},\"k\":3", "\"a\":{\"k\":2},\"k\":\"v\""),
    ("\"a\":\"\\\"k\\\"\"", "\"a\":\"\\\"k\\\"\",\"k\":\"v\""),
  ])
  func `a member that is set stands once`(before: String, after: String) {
    var metadata = metadata(before)
    metadata.set("k", "v")
    #expect(String(decoding: metadata.members, as: UTF8.self) == after)
  }

  @Test(arguments: [
    ("", nil as String?), ("\"k\":1", "1"), ("\"k\":1,\"k\":[2]", "[2]"), ("\"a\":\"k\"", nil),
  ])
  func `the value of a member is its last`(members: String, value: String?) {
    let found = metadata(members).value(of: "k").map { String(decoding: $0, as: UTF8.self) }
    #expect(found == value)
  }
}
