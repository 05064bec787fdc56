/// A JSON value with the order of its members kept.
enum JSONTree: Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONTree])
  case object([(name: String, value: JSONTree)])

  /// The member of an object; nil when there is none, or when it is null.
  subscript(_ name: String) -> JSONTree? {
    guard case .object(let members) = self else { return nil }
    guard let value = members.first(where: { $0.name == name })?.value, value != .null else {
      return nil
    }
    return value
  }

  var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// What a string of one scalar is.
  var scalar: Unicode.Scalar? {
    guard let scalars = string?.unicodeScalars, scalars.count == 1 else { return nil }
    return scalars.first
  }

  var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// A number that is whole and not negative.
  var index: Int? {
    if case .number(let value) = self, value >= 0 { Int(exactly: value) } else { nil }
  }

  var array: [JSONTree]? {
    if case .array(let values) = self { values } else { nil }
  }

  var members: [(name: String, value: JSONTree)]? {
    if case .object(let members) = self { members } else { nil }
  }
}

extension JSONTree: Equatable {
  static func == (a: JSONTree, b: JSONTree) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)):
      a.elementsEqual(b) { $0.name.utf8.elementsEqual($1.name.utf8) && $0.value == $1.value }
    default: false
    }
  }
}

/// What is wrong with a text that should be JSON, and where.
struct JSONTreeError: Error, Equatable {
  let byteOffset: Int
  let message: String
}

/// Reads one JSON value that is the whole of a text.
struct JSONTreeParser {
  private let bytes: [UInt8]
  private var offset = 0
  private var depth = 0
  private static let maximumDepth = 64

  static func parse(_ bytes: [UInt8]) throws(JSONTreeError) -> JSONTree {
    var parser = JSONTreeParser(bytes: bytes)
    let value = try parser.value()
    parser.skipSpace()
    if parser.offset < bytes.count { throw parser.failure("nothing may follow the value") }
    return value
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private func failure(_ message: String) -> JSONTreeError {
    JSONTreeError(byteOffset: offset, message: message)
  }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      offset += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard next == byte else { return false }
    offset += 1
    return true
  }

  private mutating func value() throws(JSONTreeError) -> JSONTree {
    skipSpace()
    depth += 1
    defer { depth -= 1 }
    if depth > Self.maximumDepth { throw failure("values lie deeper than \(Self.maximumDepth)") }
    switch next {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func word(_ word: String, _ value: JSONTree) throws(JSONTreeError) -> JSONTree {
    guard bytes[offset...].starts(with: word.utf8) else { throw failure("a value should be here") }
    offset += word.utf8.count
    return value
  }

  private mutating func number() throws(JSONTreeError) -> Double {
    let digits = bytes[offset...].prefix { byte in
      switch byte {
      case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: true
      default: false
      }
    }
    // So many digits are a whole number that a Double holds.
    if !digits.isEmpty, digits.count <= 15, digits.first != 0x30,
      digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
    {
      offset += digits.count
      return digits.reduce(0) { $0 * 10 + Double($1 - 0x30) }
    }
    guard let value = JSONNumber.parse(digits) else { throw failure("a value should be here") }
    offset += digits.count
    return value
  }

  private mutating func array() throws(JSONTreeError) -> JSONTree {
    offset += 1
    var values: [JSONTree] = []
    if take(UInt8(ascii: "]")) { return .array(values) }
    repeat { values.append(try value()) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw failure("a comma or ] should be here") }
    return .array(values)
  }

  private mutating func object() throws(JSONTreeError) -> JSONTree {
    offset += 1
    var members: [(name: String, value: JSONTree)] = []
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw failure("a name should be here") }
      let name = try string()
      guard take(UInt8(ascii: ":")) else { throw failure("a colon should be here") }
      members.append((name, try value()))
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw failure("a comma or } should be here") }
    return .object(members)
  }

  private mutating func string() throws(JSONTreeError) -> String {
    let start = offset
    offset += 1
    var end = offset
    while end < bytes.count, Self.isPlain(bytes[end]) { end += 1 }
    if end < bytes.count, bytes[end] == UInt8(ascii: "\"") {
      let text = bytes[offset..<end]
      offset = end + 1
      return try valid(text, start)
    }
    var text = Array(bytes[offset..<end])
    offset = end
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return try valid(text[...], start)
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw failure("a control character must be escaped")
      default:
        text.append(byte)
        offset += 1
      }
    }
    throw JSONTreeError(byteOffset: start, message: "the string does not end")
  }

  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private func valid(
    _ text: ArraySlice<UInt8>, _ start: Int
  ) throws(JSONTreeError) -> String {
    guard let valid = String(validating: text, as: UTF8.self) else {
      throw JSONTreeError(byteOffset: start, message: "the string is not valid UTF-8")
    }
    return valid
  }

  private static let escapes: [UInt8: UInt8] = [
    0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09,
  ]

  private mutating func escape(into text: inout [UInt8]) throws(JSONTreeError) {
    offset += 1
    if let letter = next, let byte = Self.escapes[letter] {
      text.append(byte)
      offset += 1
      return
    }
    var value = try codeUnit()
    if (0xD800..<0xDC00).contains(value), next == UInt8(ascii: "\\") {
      offset += 1
      let low = try codeUnit()
      guard (0xDC00..<0xE000).contains(low) else { throw failure("half of a surrogate pair") }
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) else {
      throw failure("half of a surrogate pair")
    }
    text.append(contentsOf: encoded)
  }

  private mutating func codeUnit() throws(JSONTreeError) -> UInt32 {
    let digits = bytes[min(offset + 1, bytes.count)...].prefix(4)
    guard next == UInt8(ascii: "u"), digits.count == 4,
      digits.allSatisfy({ $0 != 0x2B && $0 != 0x2D }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw failure("this escape is not known") }
    offset += 5
    return value
  }
}
