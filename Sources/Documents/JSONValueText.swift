internal import ByteKernels

/// A JSON value as it stands in a document's metadata, taken apart only where asked.
package struct JSONValueText: Sendable {
  package enum Kind: Sendable { case string, number, object, array, literal, null }

  package let kind: Kind
  private let bytes: [UInt8]
  /// Of a string what stands between the quotes.
  private let range: Range<Int>

  private init(_ kind: JSONMember.Kind, _ bytes: [UInt8], _ range: Range<Int>) {
    self.kind =
      switch kind {
      case .string: .string
      case .number: .number
      case .object: .object
      case .array: .array
      case .literal: .literal
      case .null: .null
      }
    self.bytes = bytes
    self.range = range
  }

  /// All members of the metadata as one object.
  package init(_ metadata: Metadata) {
    let bytes = [UInt8(ascii: "{")] + metadata.members + [UInt8(ascii: "}")]
    self.init(.object, bytes, 0..<bytes.count)
  }

  /// The members of an object in order; none for another value.
  package var members: [(name: String, value: JSONValueText)] {
    guard kind == .object else { return [] }
    var scanner = JSONScanner(maximumDepth: .max, maximumMemberCount: .max)
    var found: [JSONMember] = []
    let text = bytes.span.extracting(range)
    guard (try? scanner.members(of: text, into: &found)) == true else { return [] }
    return found.map { member in
      let name = JSONStringBytes.unescape(text.extracting(member.key))?.bytes ?? []
      return (String(decoding: name, as: UTF8.self), part(member.kind, member.value))
    }
  }

  /// The elements of an array in order; none for another value.
  package var elements: [JSONValueText] {
    guard kind == .array else { return [] }
    var scanner = JSONScanner(maximumDepth: .max)
    var found: [(kind: JSONMember.Kind, value: Range<Int>)] = []
    guard (try? scanner.elements(of: bytes.span.extracting(range), into: &found)) == true else {
      return []
    }
    return found.map { part($0.kind, $0.value) }
  }

  /// The UTF-8 of a string with its escapes undone; nil for another value.
  package var string: [UInt8]? {
    guard kind == .string else { return nil }
    return JSONStringBytes.unescape(bytes.span.extracting(range))?.bytes
  }

  /// What a number or literal is written as.
  package var spelling: String { String(decoding: bytes[range], as: UTF8.self) }

  private func part(_ kind: JSONMember.Kind, _ place: Range<Int>) -> JSONValueText {
    JSONValueText(
      kind, bytes, (range.lowerBound + place.lowerBound)..<(range.lowerBound + place.upperBound))
  }
}
