internal import Documents

extension JSONTree {
  /// The value on one line, without spaces.
  var compact: [UInt8] {
    var bytes: [UInt8] = []
    appendCompact(to: &bytes)
    return bytes
  }

  private func appendCompact(to bytes: inout [UInt8]) {
    switch self {
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        value.appendCompact(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.string(member.name).appendScalar(to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.appendCompact(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    default: appendScalar(to: &bytes)
    }
  }

  /// Appends a value that holds no others.
  func appendScalar(to bytes: inout [UInt8]) {
    switch self {
    case .bool(let value): bytes.append(contentsOf: "\(value)".utf8)
    case .number(let value): bytes.append(contentsOf: Self.text(value).utf8)
    case .string(let text): JSONText.append(Array(text.utf8).span, to: &bytes)
    case .null, .array, .object: bytes.append(contentsOf: "null".utf8)
    }
  }

  /// A whole number with all its digits, any other so that it reads back the same.
  private static func text(_ value: Double) -> String {
    guard let whole = UInt128(exactly: value.magnitude) else {
      return JSONNumber.text(value)
    }
    return (value < 0 ? "-" : "") + "\(whole)"
  }
}
