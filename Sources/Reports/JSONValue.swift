internal import ByteKernels

/// A value to be written as JSON; the members of an object keep their order.
package indirect enum JSONValue: Sendable, Equatable {
  case object([(name: String, value: JSONValue)])
  case array([JSONValue])
  case string(String)
  /// With the fewest digits that give the same number back; null when it is not finite.
  case number(Double)
  case integer(Int)
  case boolean(Bool)
  case null

  /// A number, or null without one.
  package init(_ number: Double?) {
    self = number.map { .number($0) } ?? .null
  }

  package static func numbers(_ values: [Int]) -> JSONValue { .array(values.map { .integer($0) }) }

  /// On one line, without spaces.
  package var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func append(to bytes: inout [UInt8]) {
    switch self {
    case .object(let members):
      Self.append(members, between: ("{", "}"), to: &bytes) { member, bytes in
        JSONValue.string(member.name).append(to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.append(to: &bytes)
      }
    case .array(let values):
      Self.append(values, between: ("[", "]"), to: &bytes) { $0.append(to: &$1) }
    case .string(let text):
      let utf8 = Array(text.utf8)
      bytes.append(UInt8(ascii: "\""))
      JSONStringBytes.appendEscaped(utf8.span, to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    case .number(let value):
      bytes += Array((value.isFinite ? "\(value)" : "null").utf8)
    case .integer(let value):
      bytes += Array("\(value)".utf8)
    case .boolean(let value):
      bytes += Array("\(value)".utf8)
    case .null:
      bytes += Array("null".utf8)
    }
  }

  private static func append<Element>(
    _ elements: [Element], between brackets: (open: String, close: String),
    to bytes: inout [UInt8], _ append: (Element, inout [UInt8]) -> Void
  ) {
    bytes += Array(brackets.open.utf8)
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(element, &bytes)
    }
    bytes += Array(brackets.close.utf8)
  }

  package static func == (left: JSONValue, right: JSONValue) -> Bool { left.text == right.text }
}
