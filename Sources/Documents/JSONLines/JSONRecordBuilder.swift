internal import ByteKernels

/// Makes records from JSON lines.
///
/// `id`, `source`, `added`, `created` and the text field become the record's own; the members of
/// `metadata` are kept as they are written, and all other members are kept beside them under their
/// own keys.
struct JSONRecordBuilder {
  private let settings: ReadSettings
  private let baseName: String
  private var scanner: JSONScanner
  private var nestedScanner: JSONScanner
  private var members: [JSONMember] = []
  private var nested: [JSONMember] = []
  private var roles: JSONRoles

  private static let quotedURL = Array("\"url\"".utf8)

  init(settings: ReadSettings, baseName: String) {
    self.settings = settings
    self.baseName = baseName
    scanner = JSONScanner(
      wantedKey: JSONKey(settings.textField), maximumDepth: settings.maximumNesting)
    nestedScanner = JSONScanner(maximumDepth: settings.maximumNesting)
    roles = JSONRoles(settings: settings)
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
    roles.assign(members, of: line)
    let payload = try payload(line)
    var record = Record(
      payload: payload?.bytes ?? [], id: "", source: baseName, place: place, byteCount: byteCount)
    record.replacedSurrogateCount = payload?.replacedSurrogateCount ?? 0
    if let id = roles.id {
      record.id =
        id.kind == .number
        ? String(repairing: line.extracting(id.value)) : string(line, id, &record) ?? ""
    }
    if record.id.isEmpty { record.id = "\(baseName)#\(place)" }
    if let source = roles.source { record.source = string(line, source, &record) ?? baseName }
    if let added = roles.added { record.added = string(line, added, &record) }
    if let created = roles.created { record.created = string(line, created, &record) }
    if let url = roles.url { record.url = string(line, url, &record) }
    record.metadata = metadata(line, &record)
    if record.url == nil, let object = roles.metadata { record.url = nestedURL(line, object) }
    return record
  }

  private func payload(_ line: Span<UInt8>) throws(Refusal) -> JSONStringBytes.Unescaped? {
    guard let text = roles.text, text.kind != .null else {
      if settings.isTextOptional { return nil }
      throw .malformed(
        .noTextField, "no member \"\(settings.textField)\"; name it with --text-field")
    }
    guard text.kind == .string else {
      throw .malformed(.textNotAString, "the member \"\(settings.textField)\" is not a string")
    }
    guard let payload = payload(line, text) else {
      throw .malformed(.notJSON, "an unknown escape")
    }
    return payload
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
      if error.hasTooManyMembers { throw .malformed(.tooManyMembers, message) }
      throw error.isCutShort ? .cutShort(message) : .malformed(.notJSON, message)
    }
    throw .malformed(.notAnObject, "a JSON value that is not an object")
  }

  private func metadata(_ line: Span<UInt8>, _ record: inout Record) -> Metadata {
    var json: [UInt8] = []
    if let object = roles.metadata, object.kind == .object {
      let inner = Self.inside(line, object)
      json.reserveCapacity(inner.count)
      Self.append(line.extracting(inner), isRepaired: object.hasRawControl, &record, to: &json)
    }
    for member in roles.others {
      if !json.isEmpty { json.append(UInt8(ascii: ",")) }
      Self.append(
        line.extracting(member.whole), isRepaired: member.hasRawControl, &record, to: &json)
    }
    return Metadata(members: json)
  }

  /// What stands between the braces of an object, without the white space at both ends.
  static func inside(_ line: Span<UInt8>, _ object: JSONMember) -> Range<Int> {
    var (start, end) = (object.value.lowerBound + 1, object.value.upperBound - 1)
    while start < end, line[start] <= 0x20 { start += 1 }
    while start < end, line[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }

  /// The string `url` among the members of the metadata object.
  private mutating func nestedURL(_ line: Span<UInt8>, _ object: JSONMember) -> String? {
    let text = line.extracting(object.value)
    guard text.firstOffset(of: Self.quotedURL) != nil,
      (try? nestedScanner.members(of: text, into: &nested)) == true
    else { return nil }
    for member in nested.reversed()
    where member.kind == .string && JSONRoles.urlKey.names(member, of: text) {
      return JSONStringBytes.unescape(text.extracting(member.value)).map {
        String(repairing: $0.bytes.span)
      }
    }
    return nil
  }

  private func string(
    _ line: Span<UInt8>, _ member: JSONMember, _ record: inout Record
  ) -> String? {
    guard member.kind == .string else { return nil }
    let content = line.extracting(member.value)
    if content.firstOffset(of: UInt8(ascii: "\\")) == nil { return record.repair(content) }
    guard let unescaped = JSONStringBytes.unescape(content) else { return nil }
    record.replacedSurrogateCount += unescaped.replacedSurrogateCount
    return record.repair(unescaped.bytes.span)
  }

  /// Copies valid JSON; what other readers would refuse (raw controls, bytes that are not UTF-8)
  /// is escaped or becomes U+FFFD.
  private static func append(
    _ text: Span<UInt8>, isRepaired: Bool, _ record: inout Record, to json: inout [UInt8]
  ) {
    if !UTF8Validator.isValid(text) {
      let repaired = Array(record.repair(text).utf8)
      append(repaired.span, isRepaired: isRepaired, &record, to: &json)
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
