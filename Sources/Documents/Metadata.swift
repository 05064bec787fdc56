internal import ByteKernels

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

  /// Gives a member a value; others of that name go, so that no name stands twice.
  package mutating func set(_ key: String, _ value: String) {
    remove(key)
    append(key, value)
  }

  package mutating func set(_ key: String, _ value: Int) {
    remove(key)
    append(key, value)
  }

  package mutating func set(_ key: String, _ value: Double) {
    remove(key)
    append(key, value)
  }

  private mutating func remove(_ key: String) {
    guard names(key) else { return }
    let object = [UInt8(ascii: "{")] + members + [UInt8(ascii: "}")]
    var scanner = JSONScanner(maximumMemberCount: .max)
    var found: [JSONMember] = []
    guard (try? scanner.members(of: object.span, into: &found)) == true else { return }
    var rest: [UInt8] = []
    for member in found where Array(object[member.key]) != Array(key.utf8) {
      if !rest.isEmpty { rest.append(UInt8(ascii: ",")) }
      rest += object[(member.key.lowerBound - 1)..<member.text.upperBound]
    }
    members = rest
  }

  /// False when no member has this name, nor any inside of one: most often that saves taking it apart.
  private func names(_ key: String) -> Bool {
    var name: [UInt8] = []
    JSONText.append(key, to: &name)
    return members.span.firstOffset(of: name) != nil
  }

  /// The JSON text of the last member with this name; nil when there is none.
  package func value(of key: String) -> [UInt8]? {
    guard names(key) else { return nil }
    let object = [UInt8(ascii: "{")] + members + [UInt8(ascii: "}")]
    var scanner = JSONScanner(maximumMemberCount: .max)
    var found: [JSONMember] = []
    guard (try? scanner.members(of: object.span, into: &found)) == true else { return nil }
    let named = found.last { Array(object[$0.key]) == Array(key.utf8) }
    return named.map { Array(object[$0.text]) }
  }

  /// What the last member with this name says: the content of a string, else its JSON text.
  package func text(of key: String) -> String? {
    guard let json = value(of: key) else { return nil }
    guard json.first == UInt8(ascii: "\""), json.count >= 2 else {
      return String(decoding: json, as: UTF8.self)
    }
    let content = json.span.extracting(1..<(json.count - 1))
    guard let unescaped = JSONStringBytes.unescape(content) else { return nil }
    return String(decoding: unescaped.bytes, as: UTF8.self)
  }

  /// Where the document comes from on the web; nil when `url` is no string, or an empty one.
  package var url: String? {
    guard value(of: "url")?.first == UInt8(ascii: "\"") else { return nil }
    return text(of: "url").flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The number that the last member with this name holds; nil when it is none.
  package func number(of key: String) -> Double? {
    value(of: key).flatMap { Double(String(decoding: $0, as: UTF8.self)) }
  }
}
