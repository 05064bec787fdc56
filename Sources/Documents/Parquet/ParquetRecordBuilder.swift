internal import ByteKernels

/// Makes records from the rows of a Parquet file.
///
/// The columns with dolma's names mean what such members mean in JSON lines (`JSONRecordBuilder`);
/// all others are carried in the metadata as JSON, in the order of the schema. A `metadata` column
/// may be a struct, a map, or a string that holds a JSON object, which is kept byte for byte.
struct ParquetRecordBuilder {
  private enum Role {
    case text, id, source, added, created, metadata, url, carried
  }

  /// Where a row is and what it is charged.
  struct Place {
    let row: Int
    let byteOffset: Int
    let byteCount: Int
  }

  private let settings: ReadSettings
  private let baseName: String
  private let fields: [(field: ParquetField, role: Role)]
  private let textColumn: ParquetColumn?
  private let missingText: String
  private var scanner = JSONScanner()
  private var members: [JSONMember] = []
  private var scratch: [UInt8] = []
  private var carried: [UInt8] = []

  init(schema: ParquetSchema, settings: ReadSettings, baseName: String) {
    self.settings = settings
    self.baseName = baseName
    let names: [(String, Role)] = [
      (settings.textField, .text), (settings.idField, .id), ("source", .source),
      ("added", .added), ("created", .created), ("metadata", .metadata), ("url", .url),
    ]
    var roles = [Role](repeating: .carried, count: schema.fields.count)
    // Of columns with the same name the last has the meaning; the others are carried.
    for (name, role) in names {
      let place = schema.fields.lastIndex { $0.name == name }
      if let place, roles[place] == .carried { roles[place] = role }
    }
    fields = Array(zip(schema.fields, roles))
    let text = fields.first { $0.role == .text }?.field
    if case .leaf(let column)? = text?.shape, schema.columns[column].format.isText {
      textColumn = schema.columns[column]
    } else {
      textColumn = nil
    }
    let others = ShardError.list(schema.fields.map(\.name))
    missingText =
      text == nil
      ? "no column \"\(settings.textField)\"; name it with --text-field (there are: \(others))"
      : "the column \"\(settings.textField)\" is null"
  }

  /// The event of the next row.
  mutating func event(
    _ rows: inout ParquetRowAssembler, _ place: Place
  ) throws(ParquetFault) -> ReadEvent {
    var record = Record(
      payload: [], id: "", source: baseName, place: RecordPlace(byteOffset: place.byteOffset),
      byteCount: place.byteCount)
    record.row = place.row
    var refusal: (cause: Malformed.Cause, message: String)? =
      settings.isTextOptional ? nil : (.noTextField, missingText)
    var metadata: [UInt8] = []
    carried.removeAll(keepingCapacity: true)
    try rows.startRow()
    for (field, role) in fields {
      if role == .text {
        refusal = try takeText(field, &rows, into: &record)
      } else if role == .carried {
        if !carried.isEmpty { carried.append(UInt8(ascii: ",")) }
        carried.append(contentsOf: field.key)
        try rows.append(field, to: &carried)
      } else {
        scratch.removeAll(keepingCapacity: true)
        try rows.append(field, to: &scratch)
        if !assign(role, &record, &metadata) { carry(field) }
      }
    }
    if rows.isTooLong { refusal = (.tooLong, "\(tooLong)") }
    if let refusal {
      return .malformed(
        Malformed(
          kind: refusal.cause, place: record.place, byteCount: place.byteCount,
          message: "row \(place.row): \(refusal.message)"))
    }
    if record.id.isEmpty { record.id = "\(baseName)#\(place.row)" }
    if record.url == nil { record.url = nestedURL(metadata) }
    if !metadata.isEmpty, !carried.isEmpty { metadata.append(UInt8(ascii: ",")) }
    metadata.append(contentsOf: carried)
    record.metadata = Metadata(members: metadata)
    return .record(record)
  }

  private var tooLong: String {
    "longer than the maximum of \(settings.maximumRecordByteCount) bytes"
  }

  private mutating func takeText(
    _ field: ParquetField, _ rows: inout ParquetRowAssembler, into record: inout Record
  ) throws(ParquetFault) -> (Malformed.Cause, String)? {
    guard textColumn != nil, case .leaf(let column) = field.shape else {
      scratch.removeAll(keepingCapacity: true)
      try rows.append(field, to: &scratch)
      return scratch == Array("null".utf8)
        ? (.noTextField, missingText)
        : (.textNotAString, "the column \"\(settings.textField)\" does not hold strings")
    }
    guard let value = try rows.takeBytes(column) else {
      return settings.isTextOptional ? nil : (.noTextField, missingText)
    }
    if value.byteCount > settings.maximumRecordByteCount { return (.tooLong, tooLong) }
    record.payload = value.bytes
    return nil
  }

  private mutating func carry(_ field: ParquetField) {
    if !carried.isEmpty { carried.append(UInt8(ascii: ",")) }
    carried.append(contentsOf: field.key)
    carried.append(contentsOf: scratch)
  }

  /// Gives the value in `scratch` its meaning; false when it is to be carried.
  private mutating func assign(
    _ role: Role, _ record: inout Record, _ metadata: inout [UInt8]
  ) -> Bool {
    let first = scratch.first ?? 0
    switch role {
    case .id:
      if let id = string(&record) {
        record.id = id
        return true
      }
      guard first == UInt8(ascii: "-") || (0x30...0x39).contains(first) else { return false }
      record.id = String(repairing: scratch.span)
      return true
    case .source:
      guard let source = string(&record) else { return false }
      record.source = source
      return true
    case .added, .created:
      guard first != UInt8(ascii: "n") else { return true }
      guard let moment = string(&record) else { return false }
      if role == .added { record.added = moment } else { record.created = moment }
      return true
    case .url:
      record.url = string(&record)
      return false
    case .metadata: return takeMetadata(first, &metadata)
    case .text, .carried: return false
    }
  }

  /// The string in `scratch`; nil when it is something else.
  private func string(_ record: inout Record) -> String? {
    guard scratch.first == UInt8(ascii: "\""),
      let content = JSONStringBytes.unescape(scratch.span.extracting(1..<(scratch.count - 1)))
    else { return nil }
    return String(repairing: content.bytes.span)
  }

  private mutating func takeMetadata(_ first: UInt8, _ metadata: inout [UInt8]) -> Bool {
    if first == UInt8(ascii: "n") { return true }
    if first == UInt8(ascii: "{") {
      metadata = Array(scratch[1..<(scratch.count - 1)])
      return true
    }
    guard first == UInt8(ascii: "\""),
      let content = JSONStringBytes.unescape(scratch.span.extracting(1..<(scratch.count - 1)))
    else { return false }
    let text = content.bytes
    guard (try? scanner.members(of: text.span, into: &members)) == true,
      !members.contains(where: \.hasRawControl),
      let start = text.firstIndex(of: UInt8(ascii: "{")),
      let end = text.lastIndex(of: UInt8(ascii: "}"))
    else { return false }
    var inner = (start + 1)..<end
    while let first = inner.first, text[first] <= 0x20 { inner.removeFirst() }
    while let last = inner.last, text[last] <= 0x20 { inner.removeLast() }
    metadata = Array(text[inner])
    return true
  }

  /// The string `url` among the members of the metadata.
  private func nestedURL(_ metadata: [UInt8]) -> String? {
    guard metadata.span.firstOffset(of: Array("\"url\"".utf8)) != nil,
      let value = Metadata(members: metadata).value(of: "url"), value.first == UInt8(ascii: "\""),
      let content = JSONStringBytes.unescape(value.span.extracting(1..<(value.count - 1)))
    else { return nil }
    return String(repairing: content.bytes.span)
  }
}
