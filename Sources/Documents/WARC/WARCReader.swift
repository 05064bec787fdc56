internal import ByteKernels

/// Reads WARC 0.17 to 1.1: CRLF or LF, one gzip member a record or any other cut.
///
/// A record is believed when another one, the end, or CRLF twice follows its block. When not, its
/// length is wrong: it is malformed, and reading goes on at the next version line behind its header.
/// A block above the maximum is not held, so there a version line inside it counts as the next.
struct WARCReader: RecordSource {
  static let name = "warc"
  static let endings = [".warc", ".wet", ".wat"]
  static let isToldByLines = true

  /// A header is not longer.
  static let maximumHeaderByteCount = 1 << 20
  /// As much of a block above the maximum is looked at to tell its media type.
  private static let peekByteCount = 1 << 16

  private let settings: ReadSettings
  private let builder: WARCRecordBuilder
  private var isBehindDamage = false

  init(settings: ReadSettings, baseName: String) {
    self.settings = settings
    builder = WARCRecordBuilder(settings: settings, baseName: baseName)
  }

  static func cutRule(_ settings: ReadSettings) -> CutRule { .units }

  static func begins(_ head: Span<UInt8>) -> Bool { WARCHeader.begins(head, at: 0) }

  mutating func next(_ stream: inout ShardStream) -> ReadEvent? {
    if stream.availableByteCount == 0, !stream.fill() { return passInterruption(&stream) }
    let blankByteCount = newlineRunEnd(&stream, from: 0)
    if blankByteCount > 0 {
      stream.consume(blankByteCount)
      return .skipped(kind: "blank-line", byteCount: blankByteCount)
    }
    _ = stream.fill(toAtLeast: WARCHeader.versionLineByteCount)
    guard WARCHeader.begins(stream.bytes, at: 0) else { return passJunk(&stream) }
    isBehindDamage = false
    guard let headerEnd = findHeaderEnd(&stream) else {
      if stream.interruption != nil { return passInterruption(&stream) }
      return resume(&stream, from: 5, .badWARCHeader, "no blank line ends the header")
    }
    let header = WARCHeader(stream.bytes.extracting(0..<headerEnd))
    guard let length = header.contentLength else {
      return resume(&stream, from: headerEnd, .noContentLength, "the header has no Content-Length")
    }
    guard length >= 0 else {
      return resume(
        &stream, from: headerEnd, .badContentLength, "the Content-Length is not a number")
    }
    if length > settings.maximumRecordByteCount {
      return passOverBlock(&stream, header, headerEnd, length)
    }
    return readBlock(&stream, header, headerEnd, headerEnd + length)
  }

  private mutating func readBlock(
    _ stream: inout ShardStream, _ header: WARCHeader, _ headerEnd: Int, _ blockEnd: Int
  ) -> ReadEvent? {
    guard stream.fill(toAtLeast: blockEnd) else {
      if Self.firstRecord(stream.bytes, from: headerEnd) != nil {
        return resume(
          &stream, from: headerEnd, .badContentLength, wrongLength(blockEnd - headerEnd))
      }
      return passInterruption(&stream)
    }
    guard let end = recordEnd(&stream, blockEnd) else {
      return resume(&stream, from: headerEnd, .badContentLength, wrongLength(blockEnd - headerEnd))
    }
    let event = event(stream, header, headerEnd..<blockEnd, byteCount: end)
    stream.consume(end)
    return event
  }

  private func event(
    _ stream: borrowing ShardStream, _ header: WARCHeader, _ range: Range<Int>, byteCount: Int
  ) -> ReadEvent {
    let block = stream.bytes.extracting(range)
    return builder.event(
      header, block, builder.disposition(header, block), place: stream.place,
      byteCount: byteCount)
  }

  /// Passes over a block above the maximum without holding it.
  private mutating func passOverBlock(
    _ stream: inout ShardStream, _ header: WARCHeader, _ headerEnd: Int, _ length: Int
  ) -> ReadEvent? {
    let disposition = peek(&stream, header, headerEnd, length)
    let start = stream.mark
    var rest = length
    stream.consume(headerEnd)
    while rest > 0 {
      // A record that begins inside the block shows that the length is wrong.
      if let found = Self.firstRecord(stream.bytes, from: 0, before: rest) {
        stream.consume(found)
        return malformed(stream, .badContentLength, start, wrongLength(length))
      }
      let usable = min(rest, max(0, stream.availableByteCount - Self.overlapByteCount))
      stream.consume(usable)
      rest -= usable
      if rest == 0 { break }
      if !stream.fill(toAtLeast: Self.overlapByteCount + 1) {
        let last = min(rest, stream.availableByteCount)
        stream.consume(last)
        rest -= last
        if rest > 0 { return passInterruption(&stream, recordStart: start) }
      }
    }
    guard let end = recordEnd(&stream, 0) else {
      let isFound = skipToRecord(&stream, from: 0)
      return malformed(
        stream, .badContentLength, start,
        wrongLength(length) + (isFound ? "" : "; no record follows"))
    }
    stream.consume(end)
    let empty: [UInt8] = []
    return builder.event(
      header, empty.span, disposition, place: start.place,
      byteCount: stream.byteOffset - start.byteOffset)
  }
}

extension WARCReader {
  /// What is to be done with a block above the maximum, by its first bytes.
  private func peek(
    _ stream: inout ShardStream, _ header: WARCHeader, _ headerEnd: Int, _ length: Int
  ) -> WARCRecordBuilder.Disposition {
    _ = stream.fill(toAtLeast: headerEnd + Self.peekByteCount)
    let end = min(headerEnd + Self.peekByteCount, stream.availableByteCount)
    let disposition = builder.disposition(header, stream.bytes.extracting(headerEnd..<end))
    switch disposition {
    case .skip, .malformed: return disposition
    case .response, .block: break
    }
    return .malformed(
      .tooLong,
      "a block of \(length) bytes, above the maximum of \(settings.maximumRecordByteCount)")
  }

  /// The name of the first header line ends within so many bytes.
  private static let headerNameByteCount = 64
  /// Bytes kept at the end of a search, in which a version line and a name may begin.
  private static let overlapByteCount = 128

  private func wrongLength(_ length: Int) -> String {
    "no record follows the \(length) bytes that the Content-Length announces"
  }

  private func malformed(
    _ stream: borrowing ShardStream, _ cause: Malformed.Cause, _ start: ShardStream.Mark,
    _ message: String
  ) -> ReadEvent {
    .malformed(
      Malformed(
        kind: cause, place: start.place, byteCount: stream.byteOffset - start.byteOffset,
        message: message))
  }

  /// Gives up what is available; what the interruption cost, or nil at the end.
  private mutating func passInterruption(
    _ stream: inout ShardStream, recordStart: ShardStream.Mark? = nil
  )
    -> ReadEvent?
  {
    let start = recordStart ?? stream.mark
    let (interruption, _) = stream.passInterruption()
    switch interruption {
    case .damaged(let error, _):
      isBehindDamage = true
      return .damaged(error, lostByteCount: stream.byteOffset - start.byteOffset)
    case .ended:
      guard stream.byteOffset > start.byteOffset else { return nil }
      let error = stream.endInsideRecord(from: start, lengthName: "its Content-Length")
      return .damaged(error, lostByteCount: stream.byteOffset - start.byteOffset)
    }
  }

  /// Bytes that begin no record, up to the next one.
  private mutating func passJunk(_ stream: inout ShardStream) -> ReadEvent? {
    let start = stream.mark
    let isCutVersionLine =
      stream.interruption != nil
      && WARCHeader.hasPrefix(stream.bytes, at: 0)
      && stream.bytes.firstOffset(of: UInt8(ascii: "\n")) == nil
    if isCutVersionLine { return passInterruption(&stream) }
    let cause: Malformed.Cause = isBehindDamage ? .cutByDamage : .notWARC
    isBehindDamage = false
    _ = skipToRecord(&stream, from: 0)
    return malformed(stream, cause, start, "bytes that begin no WARC record")
  }

  /// Gives up the record that begins here, for the next one at or behind `offset`.
  private mutating func resume(
    _ stream: inout ShardStream, from offset: Int, _ cause: Malformed.Cause, _ message: String
  ) -> ReadEvent {
    let start = stream.mark
    _ = skipToRecord(&stream, from: offset)
    return malformed(stream, cause, start, message)
  }

  /// Consumes up to the next record at or behind `offset`; false, and everything, without one.
  private mutating func skipToRecord(_ stream: inout ShardStream, from offset: Int) -> Bool {
    var offset = offset
    while true {
      if let found = Self.firstRecord(stream.bytes, from: offset) {
        stream.consume(found)
        return true
      }
      let passed = max(offset, stream.availableByteCount - Self.overlapByteCount)
      if passed > settings.maximumRecordByteCount {
        stream.consume(passed)
        offset = 0
      } else {
        offset = passed
      }
      if !stream.fill() {
        stream.consume(stream.availableByteCount)
        return false
      }
    }
  }

  /// A version line at the start of a line, with a header line behind it.
  private static func firstRecord(
    _ bytes: Span<UInt8>, from start: Int, before end: Int = Int.max
  ) -> Int? {
    var offset = start
    if offset > 0 {
      guard offset <= bytes.count, let newline = bytes.firstOffset(of: 0x0A, from: offset - 1)
      else { return nil }
      offset = newline + 1
    }
    while offset < end {
      if WARCHeader.begins(bytes, at: offset), hasHeaderLine(bytes, offset) { return offset }
      guard offset <= bytes.count, let newline = bytes.firstOffset(of: 0x0A, from: offset)
      else { return nil }
      offset = newline + 1
    }
    return nil
  }

  private static func hasHeaderLine(_ bytes: Span<UInt8>, _ offset: Int) -> Bool {
    guard let newline = bytes.firstOffset(of: 0x0A, from: offset) else { return false }
    let line = newline + 1
    let stop = min(bytes.count, line + headerNameByteCount)
    var position = line
    while position < stop {
      let byte = bytes[position]
      if byte == UInt8(ascii: ":") { return position > line }
      let isName = byte > 0x20 && byte < 0x7F
      guard isName else { return false }
      position += 1
    }
    return false
  }

  /// The offset behind the header's blank line; nil at an interruption or when it is too far.
  private mutating func findHeaderEnd(_ stream: inout ShardStream) -> Int? {
    var searched = 0
    while true {
      if let end = HeaderFields.end(stream.bytes, from: searched) { return end }
      if stream.availableByteCount > Self.maximumHeaderByteCount { return nil }
      searched = max(0, stream.availableByteCount - 2)
      if !stream.fill() { return nil }
    }
  }

  /// Behind the line ends that follow a block ending at `blockEnd`; nil when its length is wrong.
  private mutating func recordEnd(_ stream: inout ShardStream, _ blockEnd: Int) -> Int? {
    let end = newlineRunEnd(&stream, from: blockEnd)
    if end == stream.availableByteCount { return end }
    _ = stream.fill(toAtLeast: end + WARCHeader.versionLineByteCount)
    if WARCHeader.begins(stream.bytes, at: end) { return end }
    if end - blockEnd == Self.newlineRunByteCount { return end }
    if stream.bytes.has([0x0D, 0x0A, 0x0D, 0x0A], at: blockEnd) { return end }
    let isCutOff =
      stream.interruption != nil
      && stream.bytes.extracting(end...).firstOffset(of: UInt8(ascii: "\n")) == nil
      && WARCHeader.hasPrefix(stream.bytes, at: end)
    return isCutOff ? end : nil
  }

  /// A longer run of line ends is taken in pieces.
  private static let newlineRunByteCount = 1 << 16

  /// The end of the run of line ends at `start`; nothing more comes when that is all there is.
  private mutating func newlineRunEnd(_ stream: inout ShardStream, from start: Int) -> Int {
    var offset = start
    while true {
      while offset < stream.availableByteCount {
        let byte = stream.bytes[offset]
        guard byte == 0x0A || byte == 0x0D, offset - start < Self.newlineRunByteCount else {
          return offset
        }
        offset += 1
      }
      if !stream.fill() { return offset }
    }
  }
}
