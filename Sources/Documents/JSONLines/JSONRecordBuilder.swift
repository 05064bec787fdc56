internal import ByteKernels

/// Makes records from JSON lines.
///
/// `id`, `source`, `added`, `created` and the text field become the record's own; the members of
/// `metadata` are kept as they are written, and all other members are kept beside them under their
/// own keys. Of members with the same key the last one counts, as in Python.
struct JSONRecordBuilder {
  private let settings: ReadSettings
  private let baseName: String
  private let textKey: [UInt8]
  private let idKey: [UInt8]
  private var scanner: JSONScanner
  private var nestedScanner: JSONScanner
  private var members: [JSONMember] = []
  private var nested: [JSONMember] = []

  private static let sourceKey = Array("source".utf8)
  private static let addedKey = Array("added".utf8)
  private static let createdKey = Array("created".utf8)
  private static let metadataKey = Array("metadata".utf8)
  private static let urlKey = Array("url".utf8)

  init(settings: ReadSettings, baseName: String) {
    self.settings = settings
    self.baseName = baseName
    textKey = Array(settings.textField.utf8)
    idKey = Array(settings.idField.utf8)
    scanner = JSONScanner(wantedKey: textKey, maximumDepth: settings.maximumNesting)
    nestedScanner = JSONScanner(maximumDepth: settings.maximumNesting)
  }

  /// Why a line gives no record.
  enum Refusal: Error {
    case malformed(Malformed.Cause, String)
    case cutShort(String)
  }

  /// The record of one line, without its line end.
  mutating func record(
    _ line: Span<UInt8>, place: RecordPlace, byteCount: Int
  ) throws(Refusal) -> Record {
    try scan(line)
    let roles = assignRoles(line)
    guard let text = roles.text, text.kind != .null else {
      throw .malformed(
        .noTextField, "no member \"\(settings.textField)\"; name it with --text-field")
    }
    guard text.kind == .string else {
      throw .malformed(.textNotAString, "the member \"\(settings.textField)\" is not a string")
    }
    guard let payload = payload(line, text) else {
      throw .malformed(.notJSON, "an unknown escape")
    }
    var record = Record(
      payload: payload.bytes, id: "\(baseName)#\(place)", source: baseName,
      place: place, byteCount: byteCount)
    record.replacedSurrogateCount = payload.replacedSurrogateCount
    if let id = roles.id {
      let name = id.kind == .number ? Self.text(line, id.value) : string(line, id, &record)
      if let name, !name.isEmpty { record.id = name }
    }
    if let source = roles.source { record.source = string(line, source, &record) ?? baseName }
    if let added = roles.added { record.added = string(line, added, &record) }
    if let created = roles.created { record.created = string(line, created, &record) }
    if let url = roles.url { record.url = string(line, url, &record) }
    record.metadata = metadata(line, roles)
    if record.url == nil, let object = roles.metadata { record.url = nestedURL(line, object) }
    return record
  }

  private func payload(_ line: Span<UInt8>, _ text: JSONMember) -> JSONStringBytes.Unescaped? {
    if let wanted = scanner.wanted, wanted.range == text.value { return wanted.value }
    return JSONStringBytes.unescape(line.extracting(text.value))
  }

  private mutating func scan(_ line: Span<UInt8>) throws(Refusal) {
    do {
      if try scanner.members(of: line, into: &members) { return }
    } catch {
      let message = "\(error.message), \(error.offset) bytes into the line"
      if error.isTooDeep { throw .malformed(.nestedTooDeep, "\(message); raise maximum-nesting") }
      throw error.isCutShort ? .cutShort(message) : .malformed(.notJSON, message)
    }
    throw .malformed(.notAnObject, "a JSON value that is not an object")
  }

  /// The members with a meaning of their own; the others are kept in `kept`.
  private struct Roles {
    var text, id, source, added, created, metadata, url: JSONMember?
    var kept: [JSONMember] = []
  }

  private func assignRoles(_ line: Span<UInt8>) -> Roles {
    var roles = Roles()
    for member in members {
      let key = Self.key(line, member)
      if key == textKey {
        roles.text = member
      } else if key == idKey, member.kind == .string || member.kind == .number {
        roles.id = member
      } else if key == Self.sourceKey, member.kind == .string {
        roles.source = member
      } else if key == Self.addedKey, member.kind == .string || member.kind == .null {
        roles.added = member
      } else if key == Self.createdKey, member.kind == .string || member.kind == .null {
        roles.created = member
      } else if key == Self.metadataKey, member.kind == .object || member.kind == .null {
        roles.metadata = member
      } else {
        if key == Self.urlKey, member.kind == .string { roles.url = member }
        roles.kept.append(member)
      }
    }
    return roles
  }

  private func metadata(_ line: Span<UInt8>, _ roles: Roles) -> Metadata {
    var json: [UInt8] = []
    if let object = roles.metadata, object.kind == .object {
      var inner = (object.value.lowerBound + 1)..<(object.value.upperBound - 1)
      while let first = inner.first, line[first] <= 0x20 { inner.removeFirst() }
      while let last = inner.last, line[last] <= 0x20 { inner.removeLast() }
      Self.append(line.extracting(inner), isRepaired: object.hasRawControl, to: &json)
    }
    for member in roles.kept {
      if !json.isEmpty { json.append(UInt8(ascii: ",")) }
      let text = (member.key.lowerBound - 1)..<member.text.upperBound
      Self.append(line.extracting(text), isRepaired: member.hasRawControl, to: &json)
    }
    return Metadata(members: json)
  }

  /// The string `url` among the members of the metadata object.
  private mutating func nestedURL(_ line: Span<UInt8>, _ object: JSONMember) -> String? {
    let text = line.extracting(object.value)
    guard text.firstOffset(of: Array("\"url\"".utf8)) != nil,
      (try? nestedScanner.members(of: text, into: &nested)) == true,
      let url = nested.last(where: { Self.key(text, $0) == Self.urlKey && $0.kind == .string }),
      let unescaped = JSONStringBytes.unescape(text.extracting(url.value))
    else { return nil }
    return String(repairing: unescaped.bytes.span)
  }

  private func string(
    _ line: Span<UInt8>, _ member: JSONMember, _ record: inout Record
  ) -> String? {
    guard member.kind == .string,
      let unescaped = JSONStringBytes.unescape(line.extracting(member.value))
    else { return nil }
    record.replacedSurrogateCount += unescaped.replacedSurrogateCount
    return String(repairing: unescaped.bytes.span)
  }

  private static func key(_ line: Span<UInt8>, _ member: JSONMember) -> [UInt8] {
    let key = line.extracting(member.key)
    if key.firstOffset(of: UInt8(ascii: "\\")) == nil { return [UInt8](copying: key) }
    return JSONStringBytes.unescape(key)?.bytes ?? []
  }

  private static func text(_ line: Span<UInt8>, _ range: Range<Int>) -> String {
    String(repairing: line.extracting(range))
  }

  /// Copies valid JSON; what other readers would refuse (raw controls, bytes that are not UTF-8)
  /// is escaped or becomes U+FFFD.
  private static func append(_ text: Span<UInt8>, isRepaired: Bool, to json: inout [UInt8]) {
    do {
      _ = try UTF8Span(validating: text)
    } catch {
      append(Array(String(repairing: text).utf8).span, isRepaired: isRepaired, to: &json)
      return
    }
    guard isRepaired else {
      json.append(copying: text)
      return
    }
    var isInString = false
    var isEscaped = false
    for offset in text.indices {
      let byte = text[offset]
      if byte == UInt8(ascii: "\""), !isEscaped { isInString.toggle() }
      isEscaped = isInString && !isEscaped && byte == UInt8(ascii: "\\")
      if isInString, byte < 0x20 {
        JSONStringBytes.appendEscape(of: byte, to: &json)
      } else {
        json.append(byte)
      }
    }
  }
}
