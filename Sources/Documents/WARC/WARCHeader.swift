internal import ByteKernels

/// What a WARC record's header says of its block.
struct WARCHeader {
  /// In lower case; nil when the header does not say.
  var type: String?
  /// Without brackets.
  var recordID: String?
  /// Without brackets.
  var targetURI: String?
  var date: String?
  var contentType: String?
  /// Nil when missing, negative when it is not a number.
  var contentLength: Int?
  /// Why the crawler cut the block short: `length`, `time`, ...
  var truncated: String?

  init(type: String, targetURI: String, date: String?, contentType: String?) {
    (self.type, self.targetURI, self.date, self.contentType) = (type, targetURI, date, contentType)
  }

  private static let wanted = [
    "warc-type", "warc-record-id", "warc-target-uri", "warc-date", "content-type",
    "content-length", "warc-truncated",
  ].map { Array($0.utf8) }

  /// Reads a header, from its version line to its blank line.
  init(_ header: Span<UInt8>) {
    let fields = HeaderFields(header, wanted: Self.wanted).values
    type = fields[0]?.lowercased()
    recordID = fields[1].map(Self.withoutBrackets)
    targetURI = fields[2].map(Self.withoutBrackets)
    date = fields[3]
    contentType = fields[4]
    if let length = fields[5] {
      let isNumber = !length.isEmpty && length.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
      contentLength = isNumber ? Int(length) ?? Int.max : -1
    }
    truncated = fields[6]
  }

  private static let prefix = Array("warc/".utf8)

  /// The longest version line that is recognised, with its end.
  static let versionLineByteCount = 16

  /// True when bytes from `offset` on begin like a version line, in either case.
  static func hasPrefix(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
    guard offset + prefix.count <= bytes.count else { return false }
    for index in prefix.indices where bytes[offset + index] | 0x20 != prefix[index] {
      return false
    }
    return true
  }

  /// True when a version line such as `WARC/1.0` stands at `offset`, whole.
  static func begins(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
    guard hasPrefix(bytes, at: offset) else { return false }
    var position = offset + 5
    let major = digits(bytes, &position)
    guard major, bytes.has([UInt8(ascii: ".")], at: position) else { return false }
    position += 1
    guard digits(bytes, &position) else { return false }
    while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x0D {
      position += 1
    }
    return position - offset < versionLineByteCount && bytes.has([0x0A], at: position)
  }

  private static func digits(_ bytes: Span<UInt8>, _ position: inout Int) -> Bool {
    let start = position
    while position < bytes.count, position < start + 3, bytes[position] &- 48 < 10 { position += 1 }
    return position > start
  }

  private static func withoutBrackets(_ text: String) -> String {
    text.hasPrefix("<") && text.hasSuffix(">") && text.utf8.count >= 2
      ? String(text.dropFirst().dropLast()) : text
  }
}
