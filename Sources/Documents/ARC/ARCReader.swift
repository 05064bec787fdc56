internal import ByteKernels

/// Reads ARC 1 and 2, the Internet Archive's format before WARC; records become documents as those
/// of WARC responses do.
///
/// A record is believed when another one or the end follows its block. When not, its length is
/// wrong: it is malformed, and reading goes on at the next header line. A block above the maximum
/// is not held, so there a header line inside it counts as the next.
struct ARCReader: RecordSource {
  static let name = "arc"
  static let endings = [".arc"]
  static let isToldByLines = true

  private static let versionBlock = Array("filedesc://".utf8)

  static func begins(_ head: Span<UInt8>) -> Bool { head.has(versionBlock) }

  static func beginsEntry(_ head: Span<UInt8>) -> Bool { ARCHeader.find(head, at: 0) != nil }

  static func cutRule(_ settings: ReadSettings) -> CutRule { .units }

  private let settings: ReadSettings
  private let builder: WARCRecordBuilder
  private var isBehindDamage = false

  init(settings: ReadSettings, baseName: String) {
    self.settings = settings
    builder = WARCRecordBuilder(settings: settings, baseName: baseName)
  }

  mutating func next(_ stream: inout ShardStream) -> ReadEvent? {
    if stream.availableByteCount == 0, !stream.fill() { return passInterruption(&stream) }
    let blankByteCount = blankRunEnd(&stream, from: 0)
    if blankByteCount > 0 {
      stream.consume(blankByteCount)
      return .skipped(kind: "blank-line", byteCount: blankByteCount)
    }
    guard let (header, headerEnd) = header(&stream, at: 0) else { return passJunk(&stream) }
    isBehindDamage = false
    guard header.length >= 0 else {
      return resume(&stream, from: headerEnd, "the length is not a number")
    }
    let block = WARCHeader(header)
    if header.length > settings.maximumRecordByteCount {
      return passOverBlock(&stream, header, block, headerEnd)
    }
    let blockEnd = headerEnd + header.length
    guard stream.fill(toAtLeast: blockEnd) else {
      if firstRecord(stream, from: headerEnd) != nil {
        return resume(&stream, from: headerEnd, Self.wrongLength(header))
      }
      return passInterruption(&stream)
    }
    guard let end = recordEnd(&stream, blockEnd) else {
      return resume(&stream, from: headerEnd, Self.wrongLength(header))
    }
    let event = event(stream, block, headerEnd..<blockEnd, byteCount: end)
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
    _ stream: inout ShardStream, _ header: ARCHeader, _ block: WARCHeader, _ headerEnd: Int
  ) -> ReadEvent? {
    let start = stream.mark
    _ = stream.fill(toAtLeast: headerEnd + Self.overlapByteCount)
    let peekEnd = min(headerEnd + Self.overlapByteCount, stream.availableByteCount)
    let peeked = builder.disposition(block, stream.bytes.extracting(headerEnd..<peekEnd))
    stream.consume(headerEnd)
    var rest = header.length
    var isLineStart = true
    while rest > 0 {
      if let found = firstRecord(stream, from: 0, isLineStart: isLineStart), found < rest {
        stream.consume(found)
        return malformed(stream, .badContentLength, start, Self.wrongLength(header))
      }
      let usable = min(rest, max(0, stream.availableByteCount - Self.overlapByteCount))
      if usable > 0 { isLineStart = stream.bytes[usable - 1] == 0x0A }
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
    guard let end = recordEnd(&stream, 0),
      isLineStart || end > 0 || stream.availableByteCount == 0
    else {
      _ = skipToRecord(&stream, from: 0)
      return malformed(stream, .badContentLength, start, Self.wrongLength(header))
    }
    stream.consume(end)
    if case .skip(let kind) = peeked {
      return .skipped(kind: kind, byteCount: stream.byteOffset - start.byteOffset)
    }
    let message =
      "a block of \(header.length) bytes, above the maximum of \(settings.maximumRecordByteCount)"
    return malformed(stream, .tooLong, start, message)
  }

  /// Bytes kept at the end of a search, in which a header line may begin.
  private static let overlapByteCount = 2 * ARCHeader.maximumByteCount
  /// A longer run of line ends is taken in pieces.
  private static let blankRunByteCount = 1 << 16

  private static func wrongLength(_ header: ARCHeader) -> String {
    "no record follows the \(header.length) bytes that the header line announces"
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
    switch stream.passInterruption().interruption {
    case .damaged(let error, _):
      isBehindDamage = true
      return .damaged(error, lostByteCount: stream.byteOffset - start.byteOffset)
    case .ended:
      guard stream.byteOffset > start.byteOffset else { return nil }
      let error = stream.endInsideRecord(from: start, lengthName: "the length in its header line")
      return .damaged(error, lostByteCount: stream.byteOffset - start.byteOffset)
    }
  }

  /// Bytes that begin no record, up to the next one.
  private mutating func passJunk(_ stream: inout ShardStream) -> ReadEvent? {
    let start = stream.mark
    let cause: Malformed.Cause = isBehindDamage ? .cutByDamage : .notARC
    isBehindDamage = false
    _ = skipToRecord(&stream, from: 1)
    return malformed(stream, cause, start, "bytes that begin no ARC record")
  }

  /// Gives up the record that begins here, for the next one at or behind `offset`.
  private mutating func resume(
    _ stream: inout ShardStream, from offset: Int, _ message: String
  ) -> ReadEvent {
    let start = stream.mark
    _ = skipToRecord(&stream, from: offset)
    return malformed(stream, .badContentLength, start, message)
  }

  /// Consumes up to the next record at or behind `offset`; false, and everything, without one.
  private mutating func skipToRecord(_ stream: inout ShardStream, from offset: Int) -> Bool {
    var offset = offset
    while true {
      if let found = firstRecord(stream, from: offset) {
        stream.consume(found)
        return true
      }
      let passed = max(offset, stream.availableByteCount - Self.overlapByteCount)
      if passed > settings.maximumRecordByteCount {
        stream.consume(passed - 1)
        offset = 1
      } else {
        offset = passed
      }
      if !stream.fill() {
        stream.consume(stream.availableByteCount)
        return false
      }
    }
  }

  /// The first header line at the start of a line, at or behind `start`.
  private func firstRecord(
    _ stream: borrowing ShardStream, from start: Int, isLineStart: Bool = false
  ) -> Int? {
    let bytes = stream.bytes
    var offset = start
    if !isLineStart {
      let before = max(0, offset - 1)
      guard before <= bytes.count, let newline = bytes.firstOffset(of: 0x0A, from: before)
      else { return nil }
      offset = newline + 1
    }
    while true {
      if ARCHeader.find(bytes, at: offset) != nil { return offset }
      guard offset <= bytes.count, let newline = bytes.firstOffset(of: 0x0A, from: offset)
      else { return nil }
      offset = newline + 1
    }
  }

  private mutating func header(
    _ stream: inout ShardStream, at offset: Int
  ) -> (header: ARCHeader, end: Int)? {
    var searched = offset
    while true {
      let isComplete = stream.interruption != nil
      let hasEnd = stream.bytes.firstOffset(of: 0x0A, from: searched) != nil
      let isLong = stream.availableByteCount - offset > ARCHeader.maximumByteCount
      if hasEnd || isLong || isComplete {
        return ARCHeader.find(stream.bytes, at: offset, isComplete: isComplete)
      }
      searched = stream.availableByteCount
      _ = stream.fill()
    }
  }

  /// Behind the line ends that follow a block ending at `blockEnd`; nil when its length is wrong.
  private mutating func recordEnd(_ stream: inout ShardStream, _ blockEnd: Int) -> Int? {
    let end = blankRunEnd(&stream, from: blockEnd)
    let isBelieved =
      end == stream.availableByteCount || end - blockEnd == Self.blankRunByteCount
      || (end == 0 || stream.bytes[end - 1] == 0x0A) && header(&stream, at: end) != nil
    return isBelieved ? end : nil
  }

  /// The end of the run of line ends at `start`; nothing more comes when that is all there is.
  private mutating func blankRunEnd(_ stream: inout ShardStream, from start: Int) -> Int {
    var offset = start
    while true {
      while offset < stream.availableByteCount {
        let byte = stream.bytes[offset]
        guard byte == 0x0A || byte == 0x0D, offset - start < Self.blankRunByteCount else {
          return offset
        }
        offset += 1
      }
      if !stream.fill() { return offset }
    }
  }
}

extension WARCHeader {
  /// What a WARC record of the same content would say.
  fileprivate init(_ header: ARCHeader) {
    let scheme = String(header.url.prefix { $0 != ":" }).lowercased()
    self.init(
      type: scheme == "filedesc"
        ? "warcinfo" : ["http", "https", "dns"].contains(scheme) ? "response" : "resource",
      targetURI: header.url, date: header.date,
      contentType: scheme.hasPrefix("http") ? nil : header.mediaType)
  }
}
