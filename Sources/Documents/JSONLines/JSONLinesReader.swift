internal import ByteKernels

/// Reads JSON lines: one object a line, LF or CRLF, the last line with or without its end.
struct JSONLinesReader: RecordSource {
  static let name = "json-lines"
  static let endings = [".jsonl", ".json", ".ndjson"]
  static let isToldByLines = true

  private let settings: ReadSettings
  private var builder: JSONRecordBuilder
  private var respeller: JSONLineRespeller
  private var scannedByteCount = 0
  private var isBehindDamage = false

  private static let newline = UInt8(ascii: "\n")
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  static func cutsText(_ settings: ReadSettings) -> Bool { true }

  static func cutRule(_ settings: ReadSettings) -> CutRule { .lines }

  init(settings: ReadSettings, baseName: String) {
    self.settings = settings
    builder = JSONRecordBuilder(settings: settings, baseName: baseName)
    respeller = JSONLineRespeller(settings: settings, baseName: baseName)
  }

  mutating func next(_ stream: inout ShardStream) -> ReadEvent? {
    while true {
      if let end = stream.bytes.firstOffset(of: Self.newline, from: scannedByteCount) {
        return readLine(&stream, end, byteCount: end + 1)
      }
      scannedByteCount = stream.availableByteCount
      if scannedByteCount > settings.maximumLineOrRecordByteCount { return passOverLine(&stream) }
      if !stream.fill() { return finish(&stream) }
    }
  }

  mutating func respell(
    _ stream: inout ShardStream, into json: inout ByteBuffer, byteCount: Int
  ) -> RespelledDocuments {
    var documents = RespelledDocuments()
    let goal = json.count + byteCount
    while json.count < goal, !stream.isPastSlice {
      guard let end = stream.bytes.firstOffset(of: Self.newline, from: scannedByteCount) else {
        scannedByteCount = stream.availableByteCount
        if scannedByteCount <= settings.maximumLineOrRecordByteCount, stream.fill() { continue }
        return documents
      }
      guard let textByteCount = respellLine(stream, end, into: &json) else { return documents }
      stream.consume(end + 1)
      scannedByteCount = 0
      isBehindDamage = false
      documents.documentCount += 1
      documents.byteCount += end + 1
      documents.textByteCount += textByteCount
    }
    return documents
  }

  private mutating func respellLine(
    _ stream: borrowing ShardStream, _ end: Int, into json: inout ByteBuffer
  ) -> Int? {
    guard end <= settings.maximumLineOrRecordByteCount else { return nil }
    let line = stream.bytes.extracting(0..<end)
    return respeller.respell(line, place: stream.place, into: &json)
  }

  /// The event of the line of `end` bytes, which takes `byteCount` with its end.
  private mutating func readLine(_ stream: inout ShardStream, _ end: Int, byteCount: Int)
    -> ReadEvent
  {
    defer {
      stream.consume(byteCount)
      scannedByteCount = 0
      isBehindDamage = false
    }
    if end > settings.maximumLineOrRecordByteCount { return tooLong(stream.place, byteCount) }
    switch parse(stream, end, byteCount: byteCount) {
    case .success(let event): return event
    case .failure(.malformed(let cause, let message)):
      return malformed(stream.place, isBehindDamage ? .cutByDamage : cause, byteCount, message)
    case .failure(.cutShort(let message)):
      return malformed(
        stream.place, isBehindDamage ? .cutByDamage : .notJSON, byteCount, message)
    }
  }

  /// The last line, which a damaged place or the end of the shard cuts off or merely ends.
  private mutating func finish(_ stream: inout ShardStream) -> ReadEvent? {
    let byteCount = stream.availableByteCount
    let place = stream.place
    scannedByteCount = 0
    if byteCount > 0, case .success(let event) = parse(stream, byteCount, byteCount: byteCount) {
      stream.consume(byteCount)
      return event
    }
    if byteCount > 0, case .ended? = stream.interruption {
      guard case .failure(.cutShort(let message)) = parse(stream, byteCount, byteCount: byteCount)
      else {
        return readLine(&stream, byteCount, byteCount: byteCount)
      }
      stream.consume(byteCount)
      let error = ShardError(
        kind: .truncated, path: stream.path, byteOffset: stream.compressedByteCount,
        message: "the file ends inside the line that begins at byte \(place) of its text "
          + "(\(message)); fetch or write it again")
      return .damaged(error, lostByteCount: byteCount)
    }
    let (interruption, pendingByteCount) = stream.passInterruption()
    guard case .damaged(let error, let lostByteCount) = interruption else { return nil }
    isBehindDamage = true
    return .damaged(error, lostByteCount: lostByteCount + pendingByteCount)
  }

  private mutating func parse(
    _ stream: borrowing ShardStream, _ end: Int, byteCount: Int
  ) -> Result<ReadEvent, JSONRecordBuilder.Refusal> {
    let bytes = stream.bytes
    let isStart = stream.place == RecordPlace(byteOffset: 0) && bytes.has(Self.byteOrderMark)
    let line = bytes.extracting((isStart ? min(3, end) : 0)..<end)
    if Self.isBlank(line) { return .success(.skipped(kind: "blank-line", byteCount: byteCount)) }
    do {
      let record = try builder.record(line, place: stream.place, byteCount: byteCount)
      return .success(.record(record))
    } catch {
      return .failure(error)
    }
  }

  /// Passes over a line above the maximum without holding it.
  private mutating func passOverLine(_ stream: inout ShardStream) -> ReadEvent {
    let mark = stream.mark
    while true {
      if let end = stream.bytes.firstOffset(of: Self.newline) {
        stream.consume(end + 1)
        break
      }
      stream.consume(stream.availableByteCount)
      if !stream.fill() { break }
    }
    scannedByteCount = 0
    isBehindDamage = false
    return tooLong(mark.place, stream.byteOffset - mark.byteOffset)
  }

  private func tooLong(_ place: RecordPlace, _ byteCount: Int) -> ReadEvent {
    let isRecord = byteCount > settings.maximumRecordByteCount
    let setting = isRecord ? "maximum-record-bytes" : "maximum-line-bytes"
    let message =
      "a line of \(byteCount) bytes, above \(setting) (\(settings.maximumLineOrRecordByteCount))"
    return malformed(place, isRecord ? .tooLong : .lineTooLong, byteCount, message)
  }

  private func malformed(
    _ place: RecordPlace, _ cause: Malformed.Cause, _ byteCount: Int, _ message: String
  ) -> ReadEvent {
    .malformed(
      Malformed(
        kind: cause, place: place, byteCount: byteCount, message: message))
  }

  private static func isBlank(_ line: Span<UInt8>) -> Bool {
    for index in line.indices {
      let byte = line[index]
      guard byte == 0x20 || byte == 0x09 || byte == 0x0D else { return false }
    }
    return true
  }
}
