internal import ByteKernels

/// What a shard's first bytes and name say of its format.
///
/// The rule, of which the first line that applies decides:
/// 1. Bytes that begin no other format: a WARC version line, and what other readers declare.
/// 2. The name without its endings of compression (`.gz`, `.zst`, ...; `.tgz` counts as `.tar.gz`),
///    upper or lower case. A text file whose first line is one whole JSON object is JSON lines.
/// 3. The first line that begins with `{` (JSON lines) or `WARC/`, or is an ARC header, within the
///    first 64 KiB.
/// 4. The name `.jsonl`, `.json`, `.ndjson`, `.warc`, `.wet` or `.wat` of a shard that is longer than
///    that: its beginning may be damaged. A shorter one without such a line is something else, most
///    often the error page of a server.
///
/// Anything else is refused with a remedy. `--format` and the setting `read.format` overrule all this.
enum FormatRecognition {
  case reader(any RecordSource.Type)
  /// Not read; the text says what it is and what to do.
  case unknown(String)

  /// How far the first line that tells the format may be from the start.
  static let headByteCount = 1 << 16
  /// Enough for every format that its first bytes tell.
  private static let magicByteCount = 512
  /// A first line of JSON in a file that is named as text may be longer than other heads.
  private static let firstLineByteCount = 1 << 20
  private static let remedy =
    "; if it is one of the formats below, name it with --format (--input-format in pack): "

  /// Nil while more bytes are needed.
  init?(head: Span<UInt8>, isComplete: Bool, path: String) {
    guard isComplete || head.count >= Self.magicByteCount else { return nil }
    if let mark = WideTranscoder.mark(of: head) {
      self.init(wide: head, mark.encoding, isComplete: isComplete, path: path)
      return
    }
    if let reader = ReaderCatalog.readers.first(where: { $0.begins(head) }) {
      self = .reader(reader)
      return
    }
    let named = Self.reader(named: path)
    if let named, !named.isToldByLines {
      guard named == TextReader.self else {
        self = .reader(named)
        return
      }
      guard let isJSON = Self.beginsWithObject(head, isComplete: isComplete) else { return nil }
      self = .reader(isJSON ? JSONLinesReader.self : TextReader.self)
      return
    }
    let first = head.extracting(0..<min(head.count, Self.headByteCount))
    if let told = Self.toldByLines(first) {
      self = told
    } else if isComplete || head.count >= Self.headByteCount {
      if let named, !isComplete {
        self = .reader(named)
      } else {
        self = .unknown(
          "no line begins with \"WARC/\" or \"{\", and the name says nothing" + Self.choices)
      }
    } else {
      return nil
    }
  }

  /// A text in UTF-16 or UTF-32 is told by what it is in UTF-8.
  private init?(
    wide head: Span<UInt8>, _ encoding: WideTranscoder.Encoding, isComplete: Bool, path: String
  ) {
    var text = ByteBuffer()
    var transcoder = WideTranscoder(encoding)
    let end = min(head.count, 4 * Self.firstLineByteCount)
    _ = transcoder.transcode(head.extracting(0..<end), isLast: isComplete, into: &text)
    self.init(
      head: text.bytes.extracting(min(3, text.count)...), isComplete: isComplete, path: path)
  }

  private static var choices: String {
    remedy + ReaderCatalog.readers.map { $0.name }.joined(separator: ", ")
  }

  /// Whether the first line is one whole JSON object; nil while more of it is needed.
  private static func beginsWithObject(_ head: Span<UInt8>, isComplete: Bool) -> Bool? {
    var first = head.has([0xEF, 0xBB, 0xBF]) ? 3 : 0
    while first < head.count, head[first] <= 0x20 { first += 1 }
    guard first < head.count else {
      return isComplete || head.count >= firstLineByteCount ? false : nil
    }
    guard head[first] == UInt8(ascii: "{") else { return false }
    let end = head.firstOffset(of: UInt8(ascii: "\n"), from: first)
    if end == nil, !isComplete, head.count < firstLineByteCount { return nil }
    var scanner = JSONScanner()
    var members: [JSONMember] = []
    let line = head.extracting(first..<(end ?? head.count))
    return (try? scanner.members(of: line, into: &members)) == true
  }

  /// The format of the first line that tells one.
  ///
  /// Lines before it are the reader's to complain about.
  private static func toldByLines(_ head: Span<UInt8>) -> FormatRecognition? {
    var start = head.has([0xEF, 0xBB, 0xBF]) ? 3 : 0
    var isBlank = true
    while start < head.count {
      let end = head.firstOffset(of: UInt8(ascii: "\n"), from: start) ?? head.count
      var first = start
      while first < end, head[first] <= 0x20 { first += 1 }
      if first < end {
        let isObject = head[first] == UInt8(ascii: "{")
        if isBlank, !isObject, head.extracting(0..<end).firstOffset(of: 0) != nil {
          return .unknown("binary data of no known format" + choices)
        }
        isBlank = false
        if isObject { return .reader(JSONLinesReader.self) }
        if WARCHeader.hasPrefix(head, at: first) { return .reader(WARCReader.self) }
        if ARCHeader.find(head, at: first) != nil { return .reader(ARCReader.self) }
      }
      start = end + 1
    }
    return isBlank && head.count > 0 ? .reader(JSONLinesReader.self) : nil
  }
}

extension FormatRecognition {
  /// Recognises a stream at its beginning, filling it; nil when an interruption comes first.
  init?(_ stream: inout ShardStream) {
    while true {
      let isComplete = stream.interruption != nil
      let recognition = FormatRecognition(
        head: stream.bytes, isComplete: isComplete, path: stream.path)
      if isComplete {
        let isDamaged = if case .damaged? = stream.interruption { true } else { false }
        let isUnknown = if case .reader? = recognition { false } else { true }
        if isUnknown, isDamaged || stream.availableByteCount == 0 { return nil }
      }
      if let recognition {
        self = recognition
        return
      }
      _ = stream.fill()
    }
  }

  /// What reads a file; nil when nothing does, or the file cannot be read so far.
  static func reader(of path: String, _ settings: ReadSettings) -> (any RecordSource.Type)? {
    if let reader = settings.format.reader { return reader }
    var stream = ShardStream(path: path, settings: settings)
    guard case .reader(let reader) = FormatRecognition(&stream) else { return nil }
    return reader
  }

  /// True for bytes that are no text: NULs without a mark of UTF-16 or UTF-32, or many controls.
  static func isBinary(_ head: Span<UInt8>) -> Bool {
    if head.has([0xFF, 0xFE]) || head.has([0xFE, 0xFF]) || head.has([0, 0, 0xFE, 0xFF]) {
      return false
    }
    var controlCount = 0
    for index in 0..<min(head.count, headByteCount) {
      let byte = head[index]
      if byte == 0 { return true }
      if byte < 0x20, !(0x09...0x0D).contains(byte), byte != 0x1B { controlCount += 1 }
    }
    return controlCount * 100 > min(head.count, headByteCount)
  }

  /// The reader that the ending of a name asks for.
  private static func reader(named path: String) -> (any RecordSource.Type)? {
    let ending = ShardName(path).ending
    return ReaderCatalog.readers.first { $0.endings.contains(ending) }
  }
}
