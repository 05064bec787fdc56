internal import ByteKernels
internal import Documents
internal import Reports

/// Shows the first documents of a file in any format that is read.
package enum DocumentInspection {
  /// A line of JSON for each document, or for people its id, size and beginning.
  package static func lines(
    _ path: String, skipping first: Int, count: Int, asJSON: Bool
  ) -> [String] {
    let reader = RecordReader(path: path)
    var lines: [String] = []
    var number = 0
    while lines.count < count, let event = reader.next() {
      switch event {
      case .record(let record):
        number += 1
        if number > first { lines.append(line(record, asJSON)) }
      case .malformed(let malformed):
        if !asJSON { lines.append("malformed at byte \(malformed.place): \(malformed.message)\n") }
      case .damaged(let error, _):
        if !asJSON { lines.append("damaged: \(error)\n") }
      case .skipped: continue
      }
    }
    return lines
  }

  private static func line(_ record: Record, _ asJSON: Bool) -> String {
    let text = String(repairing: record.payload.span)
    if asJSON {
      return JSONValue.object([
        ("id", .string(record.id)), ("source", .string(record.source)),
        ("record", .string(record.origin)), ("url", record.url.map { .string($0) } ?? .null),
        ("bytes", .integer(record.payload.count)), ("text", .string(text)),
      ]).text + "\n"
    }
    let beginning = text.prefix(400).replacing("\n", with: "\n    ")
    return "\(record.id)  \(Words.bytes(record.payload.count))  \(record.origin)  "
      + "\(record.url ?? "")\n    \(beginning)\n"
  }
}
