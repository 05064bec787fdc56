internal import ByteKernels

/// Reads WARC 0.17 to 1.1: CRLF or LF, one gzip member a record or any other cut.
struct WARCReader: RecordSource {
  static let name = "warc"
  static let endings = [".warc", ".wet", ".wat"]
  static let isToldByLines = true

  private var archive: ArchiveReader<WARCGrammar>

  init(settings: ReadSettings, baseName: String) {
    archive = ArchiveReader(settings: settings, baseName: baseName)
  }

  static func cutRule(_ settings: ReadSettings) -> CutRule { .units }

  static func begins(_ head: Span<UInt8>) -> Bool { WARCHeader.begins(head, at: 0) }

  mutating func next(_ stream: inout ShardStream) -> ReadEvent? { archive.next(&stream) }
}

/// A version line, fields and a blank line; behind the block CRLF twice.
enum WARCGrammar: ArchiveGrammar {
  static let strayCause = Malformed.Cause.notWARC
  static let recordName = "WARC record"
  static let lengthName = "the Content-Length"
  static let overlapByteCount = 128

  /// A header is not longer.
  private static let maximumHeaderByteCount = 1 << 20
  /// The name of the first header line ends within so many bytes.
  private static let fieldNameByteCount = 64

  static func header(_ stream: inout ShardStream) -> ArchiveHeader {
    _ = stream.fill(toAtLeast: WARCHeader.versionLineByteCount)
    guard WARCHeader.begins(stream.bytes, at: 0) else {
      return isCutOff(stream, at: 0) ? .cutShort : .stray
    }
    let end: Int
    switch headerEnd(&stream) {
    case .found(let offset): end = offset
    case .missing(let offset):
      return .faulty(.badWARCHeader, "no blank line ends the header", end: offset)
    case .cutShort: return .cutShort
    }
    let header = WARCHeader(stream.bytes.extracting(0..<end))
    guard let length = header.contentLength else {
      return .faulty(.noContentLength, "the header has no Content-Length", end: end)
    }
    guard length >= 0 else {
      return .faulty(.badContentLength, "the Content-Length is not a number", end: end)
    }
    return .record(header, end: end, length: length)
  }

  /// A version line with a field behind it.
  static func firstHeader(_ bytes: Span<UInt8>, from start: Int, isLineStart: Bool) -> Int? {
    firstLine(bytes, from: start, isLineStart: isLineStart) { offset in
      WARCHeader.begins(bytes, at: offset) && hasField(bytes, behindLineAt: offset)
    }
  }

  static func endsRecord(
    _ stream: inout ShardStream, blockEnd: Int, end: Int, isLineStart: Bool
  ) -> Bool {
    _ = stream.fill(toAtLeast: end + WARCHeader.versionLineByteCount)
    return WARCHeader.begins(stream.bytes, at: end)
      || stream.bytes.has([0x0D, 0x0A, 0x0D, 0x0A], at: blockEnd) || isCutOff(stream, at: end)
  }

  /// True when the stream is interrupted inside what may be a version line.
  private static func isCutOff(_ stream: borrowing ShardStream, at offset: Int) -> Bool {
    stream.interruption != nil && WARCHeader.hasPrefix(stream.bytes, at: offset)
      && stream.bytes.firstOffset(of: 0x0A, from: offset) == nil
  }

  private static func hasField(_ bytes: Span<UInt8>, behindLineAt offset: Int) -> Bool {
    guard let newline = bytes.firstOffset(of: 0x0A, from: offset) else { return false }
    let line = newline + 1
    let stop = min(bytes.count, line + fieldNameByteCount)
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

  private enum HeaderEnd {
    /// The offset behind the blank line.
    case found(Int)
    /// Another header begins here before any blank line, or the header is too long.
    case missing(Int)
    case cutShort
  }

  private static func headerEnd(_ stream: inout ShardStream) -> HeaderEnd {
    var line = 0
    while true {
      while let newline = stream.bytes.firstOffset(of: 0x0A, from: line) {
        let next = newline + 1
        let isWhole = stream.availableByteCount - next >= WARCHeader.versionLineByteCount
        if !isWhole, stream.interruption == nil { break }
        if stream.bytes.has([0x0A], at: next) { return .found(next + 1) }
        if stream.bytes.has([0x0D, 0x0A], at: next) { return .found(next + 2) }
        if WARCHeader.begins(stream.bytes, at: next) { return .missing(next) }
        line = next
      }
      if stream.availableByteCount > maximumHeaderByteCount { return .missing(5) }
      if stream.interruption != nil { return .cutShort }
      _ = stream.fill()
    }
  }
}
