import Documents
import TestSupport
import Testing

/// Everything one reader said of one shard.
struct ReadSummary {
  var records: [Record] = []
  /// Counts of skipped kinds, malformed causes and damage codes, as `malformed not-json`.
  var counts: [String: Int] = [:]
  var malformed: [Malformed] = []
  var errors: [ShardError] = []
  var events: [ReadEvent] = []
  var byteCount: Int { events.reduce(0) { $0 + $1.byteCount } }
  var compressedByteCount = 0
  var checksum: UInt64 = 0

  var texts: [String] { records.map { String(decoding: $0.payload, as: UTF8.self) } }

  /// Reads to the end, and holds the reader to its promise that events account for every byte.
  init(path: String, slice: Range<Int>? = nil, _ settings: ReadSettings = ReadSettings()) {
    let reader = RecordReader(path: path, slice: slice, settings: settings)
    var accounted = 0
    while let event = reader.next() {
      events.append(event)
      accounted += event.byteCount
      switch event {
      case .record(let record): records.append(record)
      case .skipped(let kind, _): counts[kind, default: 0] += 1
      case .malformed(let entry):
        counts["malformed \(entry.cause)", default: 0] += 1
        malformed.append(entry)
      case .damaged(let error, _):
        counts["damaged \(error.code)", default: 0] += 1
        errors.append(error)
      }
    }
    #expect(reader.next() == nil)
    #expect(accounted == reader.streamByteCount, "\(path)")
    compressedByteCount = reader.compressedByteCount
    checksum = reader.checksum
  }

  /// Adds what the reader of a later slice said.
  mutating func append(_ other: ReadSummary) {
    records += other.records
    counts.merge(other.counts, uniquingKeysWith: +)
    malformed += other.malformed
    errors += other.errors
    events += other.events
  }

  /// Reads a shard that holds `bytes`.
  init(
    _ bytes: [UInt8], _ settings: ReadSettings = ReadSettings(), in folder: ScratchFolder? = nil
  ) throws {
    let folder = try folder ?? ScratchFolder()
    self.init(path: try folder.write("shard", bytes), settings)
  }

  init(_ text: String, _ settings: ReadSettings = ReadSettings()) throws {
    try self.init(Array(text.utf8), settings)
  }

  /// Reads a shard that holds `bytes`, and expects the same events for whatever is asked of the
  /// file at once.
  static func inPieces(
    _ bytes: [UInt8], _ settings: ReadSettings = ReadSettings(), in folder: ScratchFolder? = nil
  ) throws -> ReadSummary {
    let folder = try folder ?? ScratchFolder()
    let path = try folder.write("shard", bytes)
    let whole = ReadSummary(path: path, settings)
    for readByteCount in [1, 7, 4096] {
      var settings = settings
      settings.readByteCount = readByteCount
      let pieces = ReadSummary(path: path, settings)
      let differing = zip(pieces.events, whole.events).first { !isSame($0, $1) }
      #expect(differing == nil, "\(readByteCount) bytes at once: \(String(describing: differing))")
      #expect(pieces.events.count == whole.events.count)
    }
    return whole
  }

  /// A decoder notices damage the later, the more it was given at once.
  private static func isSame(_ one: ReadEvent, _ other: ReadEvent) -> Bool {
    guard case .damaged(let first, let lost) = one, case .damaged(let second, let otherLost) = other
    else { return one == other }
    return first.kind == second.kind && first.message == second.message && lost == otherLost
      && first.path == second.path
  }
}
