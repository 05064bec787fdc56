internal import ByteKernels

/// Makes records from the rows of CSV and TSV.
///
/// Columns have the names that members of JSON lines have: `id`, `source`, `added`, `created`, `url`
/// and the text field. The others become members of the metadata, in order, as JSON strings; so
/// does `url`. An empty cell of a column with a meaning says nothing.
struct DelimitedRecordBuilder {
  private enum Role { case text, id, source, added, created, url, other }

  private let baseName: String
  private let columns: [(name: String, role: Role)]

  /// Nil when no column holds the text.
  init?(columns names: [String], settings: ReadSettings, baseName: String) {
    self.baseName = baseName
    // As in JSON, of columns with the same name the last one counts.
    var columns = names.map { (name: $0, role: Self.role(of: $0, settings)) }
    for index in columns.indices where columns[index].role != .other {
      let later = columns[(index + 1)...]
      if later.contains(where: { $0.role == columns[index].role }) { columns[index].role = .other }
    }
    guard columns.contains(where: { $0.role == .text }) else { return nil }
    self.columns = columns
  }

  var columnCount: Int { columns.count }

  /// The record of a row that has as many cells as there are columns.
  func record(
    _ cells: [DelimitedRowScanner.Cell], in row: Span<UInt8>, place: RecordPlace, byteCount: Int
  ) -> Record {
    var record = Record(
      payload: [], id: "\(baseName)#\(place)", source: baseName, place: place,
      byteCount: byteCount)
    record.mediaType = "text/plain"
    for (cell, column) in zip(cells, columns) {
      let text = DelimitedRowScanner.text(of: cell, in: row)
      if column.role == .text {
        record.payload = text
        continue
      }
      let before = record.replacedSequenceCount
      let string = record.repair(text.span)
      let isWhole = record.replacedSequenceCount == before
      if column.role == .other || column.role == .url {
        record.metadata.append(column.name, string)
      }
      if string.isEmpty { continue }
      switch column.role {
      // Repaired, two ids may be the same: the row's place tells them apart.
      case .id: if isWhole { record.id = string } else { record.metadata.append("id", string) }
      case .source: record.source = string
      case .added: record.added = string
      case .created: record.created = string
      case .url: record.url = string
      case .text, .other: break
      }
    }
    return record
  }

  private static func role(of name: String, _ settings: ReadSettings) -> Role {
    switch name {
    case settings.textField: .text
    case settings.idField: .id
    case "source": .source
    case "added": .added
    case "created": .created
    case "url": .url
    default: .other
    }
  }
}
