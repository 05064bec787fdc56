internal import ByteKernels

/// Reads the records of an archive: a header and a block of the length it announces.
///
/// A record is believed when another one, the end, or what else the grammar asks for follows its
/// block. When not, its length is wrong: it is malformed, and reading goes on at the next header. A
/// block above the maximum is not held, so there a header inside it counts as the next.
struct ArchiveReader<Grammar: ArchiveGrammar> {
  private let settings: ReadSettings
  private let builder: WARCRecordBuilder
  private var isBehindDamage = false

  init(settings: ReadSettings, baseName: String) {
    self.settings = settings
    builder = WARCRecordBuilder(settings: settings, baseName: baseName)
  }

  mutating func next(_ stream: inout ShardStream) -> ReadEvent? {
    if stream.availableByteCount == 0, !stream.fill() { return passInterruption(&stream) }
    let blankByteCount = Self.blankRunEnd(&stream, from: 0)
    if blankByteCount > 0 {
      stream.consume(blankByteCount)
      return .skipped(kind: "blank-line", byteCount: blankByteCount)
    }
    switch Grammar.header(&stream) {
    case .stray: return passStrayBytes(&stream)
    case .cutShort: return passInterruption(&stream)
    case .faulty(let cause, let message, let end):
      isBehindDamage = false
      return resume(&stream, from: end, cause, message)
    case .record(let header, let end, let length):
      isBehindDamage = false
      return length > settings.maximumRecordByteCount
        ? passOverBlock(&stream, header, end, length)
        : readBlock(&stream, header, end, end + length)
    }
  }

  private mutating func readBlock(
    _ stream: inout ShardStream, _ header: WARCHeader, _ headerEnd: Int, _ blockEnd: Int
  ) -> ReadEvent? {
    let isWhole = stream.fill(toAtLeast: blockEnd)
    if !isWhole,
      Grammar.firstHeader(stream.bytes, from: headerEnd, isLineStart: false) == nil
    {
      return passInterruption(&stream)
    }
    guard isWhole, let end = recordEnd(&stream, blockEnd, isLineStart: false) else {
      return resume(
        &stream, from: headerEnd, .badContentLength, wrongLength(blockEnd - headerEnd))
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
      header, block, builder.disposition(header, block), place: stream.place, byteCount: byteCount)
  }

  /// Passes over a block above the maximum without holding it.
  private mutating func passOverBlock(
    _ stream: inout ShardStream, _ header: WARCHeader, _ headerEnd: Int, _ length: Int
  ) -> ReadEvent? {
    let disposition = peek(&stream, header, headerEnd, length)
    let start = stream.mark
    stream.consume(headerEnd)
    var rest = length
    var isLineStart = true
    while rest > 0 {
      let found = Grammar.firstHeader(stream.bytes, from: 0, isLineStart: isLineStart)
      if let found, found < rest {
        stream.consume(found)
        return malformed(stream, .badContentLength, start, wrongLength(length))
      }
      let usable = min(rest, max(0, stream.availableByteCount - Grammar.overlapByteCount))
      if usable > 0 { isLineStart = stream.bytes[usable - 1] == 0x0A }
      stream.consume(usable)
      rest -= usable
      if rest == 0 { break }
      if !stream.fill(toAtLeast: Grammar.overlapByteCount + 1) {
        let last = min(rest, stream.availableByteCount)
        if last > 0 { isLineStart = stream.bytes[last - 1] == 0x0A }
        stream.consume(last)
        rest -= last
        if rest > 0 { return passInterruption(&stream, recordStart: start) }
      }
    }
    guard let end = recordEnd(&stream, 0, isLineStart: isLineStart) else {
      let isFound = skipToRecord(&stream, from: 0, isLineStart: isLineStart)
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

extension ArchiveReader {
  /// As much of a block above the maximum is looked at to tell its media type.
  private static var peekByteCount: Int { 1 << 16 }
  /// A longer run of line ends is taken in pieces.
  private static var blankRunByteCount: Int { 1 << 16 }

  /// What is to be done with a block above the maximum, by its first bytes.
  private func peek(
    _ stream: inout ShardStream, _ header: WARCHeader, _ headerEnd: Int, _ length: Int
  ) -> WARCRecordBuilder.Disposition {
    _ = stream.fill(toAtLeast: headerEnd + Self.peekByteCount)
    let end = min(headerEnd + Self.peekByteCount, stream.availableByteCount)
    let disposition = builder.disposition(header, stream.bytes.extracting(headerEnd..<end))
    switch disposition {
    case .skip, .malformed: return disposition
    case .response, .block:
      return .malformed(
        .tooLong,
        "a block of \(length) bytes, above the maximum of \(settings.maximumRecordByteCount)")
    }
  }

  private func wrongLength(_ length: Int) -> String {
    "no record follows the \(length) bytes that \(Grammar.lengthName) announces"
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
  ) -> ReadEvent? {
    let start = recordStart ?? stream.mark
    switch stream.passInterruption().interruption {
    case .damaged(let error, _):
      isBehindDamage = true
      return .damaged(error, lostByteCount: stream.byteOffset - start.byteOffset)
    case .ended:
      guard stream.byteOffset > start.byteOffset else { return nil }
      let error = stream.endInsideRecord(from: start, lengthName: Grammar.lengthName)
      return .damaged(error, lostByteCount: stream.byteOffset - start.byteOffset)
    }
  }

  /// Bytes that begin no record, up to the next one.
  private mutating func passStrayBytes(_ stream: inout ShardStream) -> ReadEvent? {
    let cause: Malformed.Cause = isBehindDamage ? .cutByDamage : Grammar.strayCause
    isBehindDamage = false
    return resume(&stream, from: 1, cause, "bytes that begin no \(Grammar.recordName)")
  }

  /// Gives up the record that begins here, for the next one behind `offset`.
  private mutating func resume(
    _ stream: inout ShardStream, from offset: Int, _ cause: Malformed.Cause, _ message: String
  ) -> ReadEvent {
    let start = stream.mark
    _ = skipToRecord(&stream, from: offset, isLineStart: false)
    return malformed(stream, cause, start, message)
  }

  /// Consumes up to the next record at or behind `offset`; false, and everything, without one.
  private mutating func skipToRecord(
    _ stream: inout ShardStream, from offset: Int, isLineStart: Bool
  ) -> Bool {
    var (offset, isLineStart) = (offset, isLineStart)
    while true {
      if let found = Grammar.firstHeader(stream.bytes, from: offset, isLineStart: isLineStart) {
        stream.consume(found)
        return true
      }
      let passed = max(offset, stream.availableByteCount - Grammar.overlapByteCount)
      if passed > offset { isLineStart = stream.bytes[passed - 1] == 0x0A }
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

  /// Behind the line ends that follow a block ending at `blockEnd`; nil when its length is wrong.
  private mutating func recordEnd(
    _ stream: inout ShardStream, _ blockEnd: Int, isLineStart: Bool
  ) -> Int? {
    let end = Self.blankRunEnd(&stream, from: blockEnd)
    let isBelieved =
      end == stream.availableByteCount || end - blockEnd == Self.blankRunByteCount
      || Grammar.endsRecord(&stream, blockEnd: blockEnd, end: end, isLineStart: isLineStart)
    return isBelieved ? end : nil
  }

  /// The end of the run of line ends at `start`; nothing more comes when that is all there is.
  private static func blankRunEnd(_ stream: inout ShardStream, from start: Int) -> Int {
    var offset = start
    while true {
      while offset < stream.availableByteCount {
        let byte = stream.bytes[offset]
        guard byte == 0x0A || byte == 0x0D, offset - start < blankRunByteCount else {
          return offset
        }
        offset += 1
      }
      if !stream.fill() { return offset }
    }
  }
}
