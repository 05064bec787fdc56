internal import ByteKernels

/// Reads plain text: a document for each file, line, or piece between separators.
///
/// Documents keep every byte but their line end or separator; their charset is the decoder's to
/// find. What damage has left of a piece is counted and is no document.
struct TextReader: RecordSource {
  static let name = "text"
  static let endings = [".txt", ".text", ".md"]

  static func cutsText(_ settings: ReadSettings) -> Bool { settings.textUnit != .file }

  static func cutRule(_ settings: ReadSettings) -> CutRule {
    switch settings.textUnit {
    case .file: .never("a text file is one document")
    case .line: .lines
    case .separator: .never("a separator may stand anywhere, also across a cut")
    }
  }

  private let settings: ReadSettings
  private let baseName: String
  private let separator: [UInt8]
  private var scannedByteCount = 0
  private var isBehindDamage = false

  init(settings: ReadSettings, baseName: String) {
    self.settings = settings
    self.baseName = baseName
    separator =
      switch settings.textUnit {
      case .file: []
      case .line: [UInt8(ascii: "\n")]
      case .separator: settings.textSeparator
      }
  }

  mutating func next(_ stream: inout ShardStream) -> ReadEvent? {
    while true {
      if let end = firstSeparator(stream) {
        return readPiece(&stream, end, byteCount: end + separator.count)
      }
      scannedByteCount = max(0, stream.availableByteCount - max(0, separator.count - 1))
      if stream.availableByteCount - separator.count > maximumByteCount {
        return passOver(&stream)
      }
      if !stream.fill() { return finish(&stream) }
    }
  }

  /// Where the first separator begins; nil, too, when the whole file is one piece.
  private func firstSeparator(_ stream: borrowing ShardStream) -> Int? {
    separator.isEmpty ? nil : stream.bytes.firstOffset(of: separator, from: scannedByteCount)
  }

  /// The event of a piece of `end` bytes, which takes `byteCount` with its separator.
  private mutating func readPiece(
    _ stream: inout ShardStream, _ end: Int, byteCount: Int
  ) -> ReadEvent {
    let event = event(stream, end, byteCount: byteCount)
    stream.consume(byteCount)
    scannedByteCount = 0
    isBehindDamage = false
    return event
  }

  private func event(
    _ stream: borrowing ShardStream, _ end: Int, byteCount: Int
  ) -> ReadEvent {
    let place = stream.place
    if isBehindDamage { return cutByDamage(place, byteCount) }
    if end > maximumByteCount { return tooLong(place, byteCount) }
    var text = stream.bytes.extracting(0..<end)
    if settings.textUnit == .line, end > 0, text[end - 1] == UInt8(ascii: "\r") {
      text = text.extracting(0..<(end - 1))
    }
    if Self.isBlank(text) {
      return .skipped(
        kind: settings.textUnit == .line ? "blank-line" : "blank-text", byteCount: byteCount)
    }
    var record = Record(
      payload: [UInt8](copying: text),
      id: settings.textUnit == .file ? baseName : "\(baseName)#\(place)", source: baseName,
      place: place, byteCount: byteCount)
    record.mediaType = "text/plain"
    return .record(record)
  }

  /// The last piece, which a damaged place cuts off or the end of the shard ends.
  private mutating func finish(_ stream: inout ShardStream) -> ReadEvent? {
    let byteCount = stream.availableByteCount
    if byteCount > 0, case .ended? = stream.interruption {
      return readPiece(&stream, byteCount, byteCount: byteCount)
    }
    scannedByteCount = 0
    let (interruption, pendingByteCount) = stream.passInterruption()
    guard case .damaged(let error, let lostByteCount) = interruption else { return nil }
    isBehindDamage = true
    return .damaged(error, lostByteCount: lostByteCount + pendingByteCount)
  }

  /// Passes over a piece above the maximum without holding it.
  private mutating func passOver(_ stream: inout ShardStream) -> ReadEvent {
    let mark = stream.mark
    let wasBehindDamage = isBehindDamage
    (scannedByteCount, isBehindDamage) = (0, false)
    while true {
      if let end = firstSeparator(stream) {
        stream.consume(end + separator.count)
        break
      }
      // The last bytes may be the beginning of a separator.
      let kept = min(stream.availableByteCount, max(0, separator.count - 1))
      stream.consume(stream.availableByteCount - kept)
      if stream.fill() { continue }
      if case .ended? = stream.interruption { stream.consume(stream.availableByteCount) }
      break
    }
    let byteCount = stream.byteOffset - mark.byteOffset
    return wasBehindDamage ? cutByDamage(mark.place, byteCount) : tooLong(mark.place, byteCount)
  }

  private var maximumByteCount: Int {
    settings.textUnit == .line
      ? settings.maximumLineOrRecordByteCount : settings.maximumRecordByteCount
  }

  private func tooLong(_ place: RecordPlace, _ byteCount: Int) -> ReadEvent {
    let message = "a text of \(byteCount) bytes, above the maximum of \(maximumByteCount)"
    let isRecord = byteCount > settings.maximumRecordByteCount
    return .malformed(
      Malformed(
        kind: isRecord ? .tooLong : .lineTooLong, place: place, byteCount: byteCount,
        message: message))
  }

  private func cutByDamage(_ place: RecordPlace, _ byteCount: Int) -> ReadEvent {
    .malformed(
      Malformed(
        kind: .cutByDamage, place: place, byteCount: byteCount,
        message: "what a damaged place has left of a text"))
  }

  private static func isBlank(_ text: Span<UInt8>) -> Bool {
    for index in text.indices {
      let byte = text[index]
      guard byte == 0x20 || (0x09...0x0D).contains(byte) else { return false }
    }
    return true
  }
}
