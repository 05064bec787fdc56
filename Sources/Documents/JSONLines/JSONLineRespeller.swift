internal import ByteKernels

/// Documents that went from a shard to JSON lines without being unpacked.
package struct RespelledDocuments: Sendable, Equatable {
  package internal(set) var documentCount = 0
  /// Bytes of the decompressed stream, line ends included.
  package internal(set) var byteCount = 0
  /// Bytes of text in the documents.
  package internal(set) var textByteCount = 0

  package init() {}
}

/// Turns a JSON line into the line that its document would be written as, without making the
/// document: the strings are brought into one spelling on their way from one buffer to the other.
///
/// Lines that need more than that are left to `JSONRecordBuilder`: faulty ones, and those with raw
/// controls, lone surrogates or bytes that are not UTF-8.
struct JSONLineRespeller {
  private let baseName: [UInt8]
  private var scanner: JSONScanner
  private var members: [JSONMember] = []
  private var roles: JSONRoles

  private static let beforeID = Array(#"{"id":""#.utf8)
  private static let beforeText = Array(#"","text":""#.utf8)
  private static let beforeSource = Array(#"","source":""#.utf8)
  private static let beforeAdded = Array(#"","added":""#.utf8)
  private static let beforeCreated = Array(#"","created":""#.utf8)
  private static let beforeMetadata = Array(#"","metadata":{"#.utf8)
  private static let end = Array("}}\n".utf8)

  init(settings: ReadSettings, baseName: String) {
    var json: [UInt8] = []
    JSONStringBytes.appendEscaped(Array(baseName.utf8).span, to: &json)
    self.baseName = json
    roles = JSONRoles(settings: settings)
    scanner = JSONScanner(maximumDepth: settings.maximumNesting)
  }

  /// Appends the line of the document in `line` and returns the byte count of its text; nil, with
  /// nothing appended, when the line needs more.
  mutating func respell(
    _ line: Span<UInt8>, place: RecordPlace, into json: inout ByteBuffer
  ) -> Int? {
    guard UTF8Validator.isValid(line),
      (try? scanner.members(of: line, into: &members)) == true
    else { return nil }
    for member in members where member.hasRawControl { return nil }
    roles.assign(members, of: line)
    let before = json.count
    let textByteCount = append(line, place, to: &json)
    if textByteCount == nil { json.removeLast(json.count - before) }
    return textByteCount
  }

  private func append(
    _ line: Span<UInt8>, _ place: RecordPlace, to json: inout ByteBuffer
  ) -> Int? {
    guard let text = roles.text, text.kind == .string else { return nil }
    json.append(Self.beforeID.span)
    guard appendID(line, place, to: &json) else { return nil }
    json.append(Self.beforeText.span)
    guard let textByteCount = Self.append(text, line, to: &json) else { return nil }
    json.append(Self.beforeSource.span)
    if let source = roles.source {
      guard Self.append(source, line, to: &json) != nil else { return nil }
    } else {
      json.append(baseName.span)
    }
    if let added = roles.added, added.kind == .string {
      json.append(Self.beforeAdded.span)
      guard Self.append(added, line, to: &json) != nil else { return nil }
    }
    if let created = roles.created, created.kind == .string {
      json.append(Self.beforeCreated.span)
      guard Self.append(created, line, to: &json) != nil else { return nil }
    }
    json.append(Self.beforeMetadata.span)
    appendMetadata(line, to: &json)
    json.append(Self.end.span)
    return textByteCount
  }

  private func appendID(
    _ line: Span<UInt8>, _ place: RecordPlace, to json: inout ByteBuffer
  ) -> Bool {
    if let id = roles.id, !id.value.isEmpty {
      if id.kind == .string { return Self.append(id, line, to: &json) != nil }
      json.append(line.extracting(id.value))
    } else {
      json.append(baseName.span)
      json.append(Array("#\(place)".utf8).span)
    }
    return true
  }

  private func appendMetadata(_ line: Span<UInt8>, to json: inout ByteBuffer) {
    var isFirst = true
    if let object = roles.metadata, object.kind == .object {
      let inside = JSONRecordBuilder.inside(line, object)
      json.append(line.extracting(inside))
      isFirst = inside.isEmpty
    }
    for member in roles.others {
      if !isFirst { json.append(UInt8(ascii: ",")) }
      json.append(line.extracting(member.whole))
      isFirst = false
    }
  }

  /// Appends the value of a string member; gives the byte count of the text it stands for.
  private static func append(
    _ member: JSONMember, _ line: Span<UInt8>, to json: inout ByteBuffer
  ) -> Int? {
    guard
      let respelled = JSONStringBytes.appendRespelled(line.extracting(member.value), to: &json),
      respelled.replacedSurrogateCount == 0
    else { return nil }
    return respelled.textByteCount
  }
}
