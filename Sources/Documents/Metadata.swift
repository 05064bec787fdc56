/// The members of a document's `metadata` object, in order, each value kept as its JSON text.
///
/// Values are not parsed: what came in goes out byte for byte.
package struct Metadata: Sendable, Equatable {
  /// `"key":value` members joined by commas, without the braces; empty for an empty object.
  package private(set) var members: [UInt8]

  package init(members: [UInt8] = []) {
    self.members = members
  }

  /// Adds a member whose value is already JSON.
  package mutating func append(_ key: String, json value: [UInt8]) {
    if !members.isEmpty { members.append(UInt8(ascii: ",")) }
    JSONText.append(key, to: &members)
    members.append(UInt8(ascii: ":"))
    members.append(contentsOf: value)
  }

  package mutating func append(_ key: String, _ value: String) {
    var json: [UInt8] = []
    JSONText.append(value, to: &json)
    append(key, json: json)
  }

  package mutating func append(_ key: String, _ value: Int) {
    append(key, json: Array(String(value).utf8))
  }

  /// Adds a number with all its digits; infinities and not-a-number become `null`.
  package mutating func append(_ key: String, _ value: Double) {
    append(key, json: Array((value.isFinite ? String(value) : "null").utf8))
  }
}
