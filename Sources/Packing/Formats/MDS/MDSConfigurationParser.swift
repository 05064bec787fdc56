internal import ByteKernels

/// Reads the columns out of the JSON that an MDS shard holds.
///
/// Lists of strings, whole numbers and nulls are all that is looked at; a text that is not of this form
/// gives nil.
struct MDSConfigurationParser {
  private enum Value {
    case string(String)
    case integer(Int)
    case null
    case list([Value])
    case object([String: Value])
    case other
  }

  private static let maximumDepth = 8

  private let text: [UInt8]
  private var offset = 0

  /// The columns; nil when they are not all described.
  static func columns(of text: Span<UInt8>) -> [MDSColumn]? {
    var parser = MDSConfigurationParser(text: [UInt8](copying: text))
    guard case .object(let members)? = parser.value(depth: 0),
      case .list(let names)? = members["column_names"],
      case .list(let encodings)? = members["column_encodings"],
      case .list(let sizes)? = members["column_sizes"],
      names.count == encodings.count, names.count == sizes.count
    else { return nil }
    var columns: [MDSColumn] = []
    for index in names.indices {
      guard case .string(let name) = names[index], case .string(let encoding) = encodings[index]
      else { return nil }
      switch sizes[index] {
      case .null: columns.append(MDSColumn(name: name, encoding: encoding, byteCount: nil))
      case .integer(let size) where size > 0 && size <= Int(UInt32.max):
        columns.append(MDSColumn(name: name, encoding: encoding, byteCount: size))
      default: return nil
      }
    }
    return columns
  }

  private init(text: [UInt8]) {
    self.text = text
  }

  private mutating func value(depth: Int) -> Value? {
    guard depth <= Self.maximumDepth, let first = peek() else { return nil }
    switch first {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return list(depth: depth)
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    case UInt8(ascii: "t"): return take("true") ? .other : nil
    case UInt8(ascii: "f"): return take("false") ? .other : nil
    default: return number()
    }
  }

  private mutating func object(depth: Int) -> Value? {
    offset += 1
    var members: [String: Value] = [:]
    if peek() == UInt8(ascii: "}") {
      offset += 1
      return .object(members)
    }
    while true {
      guard peek() == UInt8(ascii: "\""), let key = string(), peek() == UInt8(ascii: ":") else {
        return nil
      }
      offset += 1
      guard let value = value(depth: depth + 1) else { return nil }
      members[key] = value
      guard let isLast = endOrComma(UInt8(ascii: "}")) else { return nil }
      if isLast { return .object(members) }
    }
  }

  private mutating func list(depth: Int) -> Value? {
    offset += 1
    var values: [Value] = []
    if peek() == UInt8(ascii: "]") {
      offset += 1
      return .list(values)
    }
    while true {
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
      guard let isLast = endOrComma(UInt8(ascii: "]")) else { return nil }
      if isLast { return .list(values) }
    }
  }

  /// True behind the end, false behind a comma, nil when neither is here.
  private mutating func endOrComma(_ end: UInt8) -> Bool? {
    guard let byte = peek(), byte == end || byte == UInt8(ascii: ",") else { return nil }
    offset += 1
    return byte == end
  }

  private mutating func string() -> String? {
    guard let string = JSONStringBytes.unescapeString(text.span, from: offset + 1) else {
      return nil
    }
    offset = string.closingQuote + 1
    return String(decoding: string.unescaped.bytes, as: UTF8.self)
  }

  private mutating func number() -> Value? {
    let start = offset
    while offset < text.count, "+-.0123456789eE".utf8.contains(text[offset]) { offset += 1 }
    if start == offset { return nil }
    return Int(String(decoding: text[start..<offset], as: UTF8.self)).map { .integer($0) } ?? .other
  }

  private mutating func take(_ word: String) -> Bool {
    guard text[offset...].starts(with: word.utf8) else { return false }
    offset += word.utf8.count
    return true
  }

  /// The next byte that is no space; nil at the end.
  private mutating func peek() -> UInt8? {
    while offset < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[offset]) { offset += 1 }
    return offset < text.count ? text[offset] : nil
  }
}
