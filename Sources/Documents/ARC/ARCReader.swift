internal import ByteKernels

/// Reads ARC 1 and 2, the Internet Archive's format before WARC; records become documents as those
/// of WARC responses do.
struct ARCReader: RecordSource {
  static let name = "arc"
  static let endings = [".arc"]
  static let isToldByLines = true

  private static let versionBlock = Array("filedesc://".utf8)

  private var archive: ArchiveReader<ARCGrammar>

  init(settings: ReadSettings, baseName: String) {
    archive = ArchiveReader(settings: settings, baseName: baseName)
  }

  static func cutRule(_ settings: ReadSettings) -> CutRule { .units }

  static func begins(_ head: Span<UInt8>) -> Bool { head.has(versionBlock) }

  static func beginsEntry(_ head: Span<UInt8>) -> Bool { ARCHeader.find(head, at: 0) != nil }

  mutating func next(_ stream: inout ShardStream) -> ReadEvent? { archive.next(&stream) }
}

/// A line of fields; behind the block a line end, or none.
enum ARCGrammar: ArchiveGrammar {
  static let strayCause = Malformed.Cause.notARC
  static let recordName = "ARC record"
  static let lengthName = "the header line"
  static let overlapByteCount = 2 * ARCHeader.maximumByteCount

  static func header(_ stream: inout ShardStream) -> ArchiveHeader {
    guard let (header, end) = find(&stream, at: 0) else { return .stray }
    guard header.length >= 0 else {
      return .faulty(.badContentLength, "the length is not a number", end: end)
    }
    return .record(WARCHeader(header), end: end, length: header.length)
  }

  static func firstHeader(_ bytes: Span<UInt8>, from start: Int, isLineStart: Bool) -> Int? {
    firstLine(bytes, from: start, isLineStart: isLineStart) {
      ARCHeader.find(bytes, at: $0) != nil
    }
  }

  static func endsRecord(
    _ stream: inout ShardStream, blockEnd: Int, end: Int, isLineStart: Bool
  ) -> Bool {
    let beginsLine = end == 0 ? isLineStart : stream.bytes[end - 1] == 0x0A
    return beginsLine && find(&stream, at: end) != nil
  }

  private static func find(
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
