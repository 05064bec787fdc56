/// A JSON text read one character at a time, from RFC 8259, with what Python's `json` adds.
struct SlowJSON {
  indirect enum Value: Equatable {
    case string, number, literal, null, array
    case object([(key: String, value: Value)])

    static func == (one: Value, two: Value) -> Bool { "\(one)" == "\(two)" }
  }

  struct Refused: Error {}

  private var rest: ArraySlice<UInt8>

  /// The value of the whole text; nil when it is not JSON.
  static func parse(_ text: [UInt8]) -> Value? {
    var reader = SlowJSON(rest: text[...])
    guard let value = try? reader.value() else { return nil }
    reader.space()
    return reader.rest.isEmpty ? value : nil
  }

  private mutating func space() {
    while let byte = rest.first, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { rest.removeFirst() }
  }

  private mutating func word(_ text: String) -> Bool {
    guard rest.starts(with: Array(text.utf8)) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }

  private mutating func value() throws -> Value {
    space()
    for text in ["true", "false"] where word(text) { return .literal }
    if word("null") { return .null }
    for text in ["NaN", "-Infinity", "Infinity"] where word(text) { return .number }
    switch rest.first {
    case UInt8(ascii: "\""):
      _ = try string()
      return .string
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "{"): return try object()
    default: return try number()
    }
  }

  private mutating func array() throws -> Value {
    rest.removeFirst()
    space()
    if word("]") { return .array }
    while true {
      _ = try value()
      space()
      if word("]") { return .array }
      guard word(",") else { throw Refused() }
    }
  }

  private mutating func object() throws -> Value {
    rest.removeFirst()
    space()
    var members: [(key: String, value: Value)] = []
    if word("}") { return .object(members) }
    while true {
      space()
      let key = try string()
      space()
      guard word(":") else { throw Refused() }
      members.append((String(decoding: key, as: UTF8.self), try value()))
      space()
      if word("}") { return .object(members) }
      guard word(",") else { throw Refused() }
    }
  }

  /// The bytes between the quotes.
  private mutating func string() throws -> [UInt8] {
    guard word("\"") else { throw Refused() }
    var content: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return content }
      content.append(byte)
      guard byte == UInt8(ascii: "\\") else { continue }
      guard let code = rest.popFirst() else { throw Refused() }
      content.append(code)
      if code == UInt8(ascii: "u") {
        let digits = rest.prefix(4)
        guard digits.count == 4,
          digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 })
        else { throw Refused() }
        content += digits
        rest = rest.dropFirst(4)
      } else if !Array("\"\\/bfnrt".utf8).contains(code) {
        throw Refused()
      }
    }
    throw Refused()
  }

  private mutating func number() throws -> Value {
    let text = String(
      decoding: rest.prefix { Array("+-.eE0123456789".utf8).contains($0) }, as: UTF8.self)
    guard text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+\-]?[0-9]+)?/) != nil else {
      throw Refused()
    }
    rest = rest.dropFirst(text.utf8.count)
    return .number
  }
}
