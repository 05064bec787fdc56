/// A charset that text can be decoded from.
struct Charset: Hashable, Sendable {
  enum Kind: Sendable {
    case utf8
    case singleByte
    /// Two or more bytes a character, some of them ASCII's.
    case multiByte
    /// Escape sequences in 7-bit bytes.
    case escaped
    /// UTF-16 and UTF-32.
    case wide
  }

  /// In lower case; charsets of one name are equal.
  let name: String
  let kind: Kind

  static func == (one: Charset, other: Charset) -> Bool { one.name == other.name }

  func hash(into hasher: inout Hasher) { hasher.combine(name) }

  static let utf8 = Charset(name: "utf-8", kind: .utf8)
  static let windows1252 = Charset(name: "windows-1252", kind: .singleByte)

  /// The charset a label of the WHATWG Encoding Standard, or one more that ICU knows, stands for.
  ///
  /// Labels come from the wild: spaces, quotes and a stray semicolon around them are forgiven.
  static func labelled(_ label: String) -> Charset? {
    let stray: Set<Character> = [" ", "\t", "\n", "\u{0C}", "\r", "\"", "'", ";", ","]
    var letters = label[...]
    while let first = letters.first, stray.contains(first) { letters.removeFirst() }
    while let last = letters.last, stray.contains(last) { letters.removeLast() }
    let name = letters.lowercased()
    guard !name.isEmpty, name.utf8.count <= 64 else { return nil }
    if let encoding = CharsetLabels.encoding(of: name) {
      return Charset(name: encoding, kind: kind(of: encoding))
    }
    if name == "csiso2022kr" { return Charset(name: "iso-2022-kr", kind: .escaped) }
    if ["johab", "ms1361", "cp1361"].contains(name) {
      return Charset(name: "johab", kind: .multiByte)
    }
    if escapedCharsets.contains(name) { return Charset(name: name, kind: .escaped) }
    // Without a mark, the order of bytes is the one nearly all machines have.
    if name == "utf-32" { return Charset(name: "utf-32le", kind: .wide) }
    if wideCharsets.contains(name) { return Charset(name: name, kind: .wide) }
    return beyondStandard(name)
  }

  /// The name by which ICU opens the table of a single-byte charset, or any charset the standard lacks.
  var converterName: String {
    switch name {
    case "iso-8859-8-i": "ISO-8859-8"
    case "macintosh": "macos-0_2-10.2"
    case "x-mac-cyrillic": "macos-7_3-10.2"
    case "windows-874": "windows-874-2000"
    default: name
    }
  }

  private static let escapedCharsets: Set<String> = [
    "iso-2022-jp", "iso-2022-kr", "iso-2022-cn", "iso-2022-cn-ext", "hz-gb-2312",
  ]
  private static let multiByteCharsets: Set<String> = [
    "gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr",
  ]
  private static let wideCharsets: Set<String> = [
    "utf-16le", "utf-16be", "utf-32le", "utf-32be",
  ]

  private static func kind(of encoding: String) -> Kind {
    if encoding == "utf-8" { return .utf8 }
    if multiByteCharsets.contains(encoding) { return .multiByte }
    if wideCharsets.contains(encoding) { return .wide }
    return escapedCharsets.contains(encoding) ? .escaped : .singleByte
  }

  /// A charset of ICU's that keeps ASCII as it is: not EBCDIC, not UTF-7.
  private static func beyondStandard(_ name: String) -> Charset? {
    guard name.allSatisfy({ $0.isASCII && !$0.isWhitespace }),
      let converter = CharsetConverter(name)
    else { return nil }
    let ascii = Array(0x20...0x7E as ClosedRange<UInt8>)
    let decoded = converter.decode(ascii.span, replaces: true)
    guard decoded.bytes == ascii, decoded.malformed == 0 else { return nil }
    return Charset(name: converter.name, kind: .multiByte)
  }
}
