/// The charset that markup declares of itself: in a meta element or an XML declaration.
///
/// Source: the HTML Standard, "prescan a byte stream to determine its encoding". The standard asks
/// for the first 1024 bytes; here `prefixByteCount` are read, because parsers that go on reading
/// find, as browsers do, the many declarations that stand behind scripts.
enum MarkupCharset {
  static let prefixByteCount = 8192

  /// The declared label's charset; nil when there is none, or none that is known.
  static func declared(in bytes: Span<UInt8>) -> Charset? {
    let prefix = bytes.extracting(0..<min(bytes.count, prefixByteCount))
    if let charset = declaredByXML(in: bytes) { return charset }
    var scanner = Scanner(position: 0)
    while scanner.position < prefix.count {
      if prefix[scanner.position] != UInt8(ascii: "<") {
        scanner.position += 1
      } else if scanner.accepts("<!--", in: prefix) {
        // `<!-->` is a whole comment: its two dashes may be the opening ones.
        scanner.position += 2
        guard scanner.skip(past: "-->", in: prefix) else { return nil }
      } else if scanner.accepts("<meta", in: prefix), scanner.endsName(after: 5, in: prefix) {
        scanner.position += 5
        if let charset = charset(ofMeta: &scanner, in: prefix) { return charset }
      } else if scanner.beginsTag(in: prefix) {
        scanner.skipName(in: prefix)
        while scanner.attribute(in: prefix) != nil {}
      } else {
        scanner.position += 1
      }
    }
    return nil
  }

  /// What an XML declaration at the very beginning says, which is markup whatever the media type is.
  static func declaredByXML(in bytes: Span<UInt8>) -> Charset? {
    let prefix = bytes.extracting(0..<min(bytes.count, prefixByteCount))
    let scanner = Scanner(position: 0)
    guard scanner.accepts("<?xml", in: prefix) else { return nil }
    let end = scanner.position(of: ">", in: prefix) ?? prefix.count
    let label = label(after: "encoding", in: prefix.extracting(5..<max(5, end)))
    return label.flatMap { asASCIICompatible(Charset.labelled($0)) }
  }

  private static func charset(ofMeta scanner: inout Scanner, in bytes: Span<UInt8>) -> Charset? {
    var label: String?
    var content: String?
    var isContentType = false
    while let (name, value) = scanner.attribute(in: bytes) {
      switch name {
      case "charset": label = label ?? value
      case "content": content = content ?? value
      case "http-equiv": isContentType = value.lowercased() == "content-type"
      default: break
      }
    }
    if let label { return asASCIICompatible(Charset.labelled(label)) }
    guard isContentType, let content else { return nil }
    let text = Array(content.utf8)
    return Self.label(after: "charset", in: text.span).flatMap {
      asASCIICompatible(Charset.labelled($0))
    }
  }

  /// The value after `word = `, quoted or up to a space, semicolon or question mark.
  private static func label(after word: String, in bytes: Span<UInt8>) -> String? {
    var scanner = Scanner(position: 0)
    while scanner.position < bytes.count {
      guard scanner.accepts(word, in: bytes) else {
        scanner.position += 1
        continue
      }
      scanner.position += word.utf8.count
      scanner.skipSpace(in: bytes)
      guard scanner.position < bytes.count, bytes[scanner.position] == UInt8(ascii: "=") else {
        continue
      }
      scanner.position += 1
      scanner.skipSpace(in: bytes)
      return scanner.labelValue(in: bytes)
    }
    return nil
  }

  /// Bytes in which a declaration could be read are not UTF-16: the standard takes UTF-8.
  private static func asASCIICompatible(_ charset: Charset?) -> Charset? {
    guard let charset else { return nil }
    if charset.kind == .wide { return .utf8 }
    return charset.name == "x-user-defined" ? .windows1252 : charset
  }
}

extension MarkupCharset {
  /// A place in markup, and the steps of the prescan from there.
  struct Scanner {
    var position: Int

    /// Whether the ASCII word stands here, in any case.
    func accepts(_ word: String, in bytes: Span<UInt8>) -> Bool {
      var offset = position
      for byte in word.utf8 {
        guard offset < bytes.count, Self.lowercased(bytes[offset]) == byte else { return false }
        offset += 1
      }
      return true
    }

    func endsName(after length: Int, in bytes: Span<UInt8>) -> Bool {
      let end = position + length
      return end < bytes.count && (Self.isSpace(bytes[end]) || bytes[end] == UInt8(ascii: "/"))
    }

    func beginsTag(in bytes: Span<UInt8>) -> Bool {
      var next = position + 1
      if next < bytes.count, bytes[next] == UInt8(ascii: "/") { next += 1 }
      guard next < bytes.count else { return false }
      return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(Self.lowercased(bytes[next]))
    }

    func position(of character: Unicode.Scalar, in bytes: Span<UInt8>) -> Int? {
      let byte = UInt8(ascii: character)
      return (position..<bytes.count).first { bytes[$0] == byte }
    }

    /// False, at the end of the bytes, when the word does not come.
    mutating func skip(past word: String, in bytes: Span<UInt8>) -> Bool {
      while position < bytes.count {
        if accepts(word, in: bytes) {
          position += word.utf8.count
          return true
        }
        position += 1
      }
      return false
    }

    mutating func skipSpace(in bytes: Span<UInt8>) {
      while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    }

    mutating func skipName(in bytes: Span<UInt8>) {
      while position < bytes.count, !Self.isSpace(bytes[position]),
        bytes[position] != UInt8(ascii: ">")
      { position += 1 }
    }

    /// The next attribute in lower case with its value; nil past the tag's `>`.
    mutating func attribute(in bytes: Span<UInt8>) -> (name: String, value: String)? {
      while position < bytes.count,
        Self.isSpace(bytes[position]) || bytes[position] == UInt8(ascii: "/")
      { position += 1 }
      guard position < bytes.count else { return nil }
      if bytes[position] == UInt8(ascii: ">") {
        position += 1
        return nil
      }
      var name: [UInt8] = []
      while position < bytes.count {
        let byte = bytes[position]
        if byte == UInt8(ascii: "=") && !name.isEmpty { break }
        if Self.isSpace(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") { break }
        name.append(Self.lowercased(byte))
        position += 1
      }
      skipSpace(in: bytes)
      let label = String(decoding: name, as: UTF8.self)
      guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { return (label, "") }
      position += 1
      skipSpace(in: bytes)
      return (label, value(endingAt: [UInt8(ascii: ">")], in: bytes))
    }

    mutating func labelValue(in bytes: Span<UInt8>) -> String {
      value(endingAt: [UInt8(ascii: ";"), UInt8(ascii: "?")], in: bytes)
    }

    /// A quoted value, or an unquoted one up to a space or one of the bytes.
    private mutating func value(endingAt ends: [UInt8], in bytes: Span<UInt8>) -> String {
      var value: [UInt8] = []
      guard position < bytes.count else { return "" }
      let quote = bytes[position]
      if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
        position += 1
        while position < bytes.count, bytes[position] != quote {
          value.append(bytes[position])
          position += 1
        }
        position += 1
      } else {
        while position < bytes.count, !Self.isSpace(bytes[position]),
          !ends.contains(bytes[position])
        {
          value.append(bytes[position])
          position += 1
        }
      }
      return String(decoding: value, as: UTF8.self)
    }

    static func isSpace(_ byte: UInt8) -> Bool {
      byte == 0x20 || (byte >= 0x09 && byte <= 0x0D && byte != 0x0B)
    }

    static func lowercased(_ byte: UInt8) -> UInt8 {
      byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }
  }
}
