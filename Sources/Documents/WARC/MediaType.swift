/// A declared content type: `text/html; charset=utf-8`.
struct MediaType: Equatable {
  /// In lower case, without parameters; nil when it is not of the form `type/subtype`.
  let name: String?
  /// The charset parameter as it is spelled.
  let charset: String?

  init(_ value: String) {
    let parts = value.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map(Substring.init)
    let first = Self.trim(parts.first ?? "").lowercased()
    let slash = first.firstIndex(of: "/")
    let isType = slash.map { $0 > first.startIndex && first.index(after: $0) < first.endIndex }
    name = isType == true && !first.hasPrefix("*") ? first : nil
    charset = parts.dropFirst().lazy.compactMap(Self.charset).first
  }

  /// Types below `text/` that hold no prose.
  private static let machineText: Set<String> = [
    "text/css", "text/javascript", "text/ecmascript", "text/dns", "text/calendar", "text/vcard",
  ]
  private static let markup: Set<String> = ["application/xhtml+xml", "application/xml"]
  private static let topLevelTypes: Set<String> = [
    "application", "audio", "chemical", "example", "font", "haptics", "image", "message", "model",
    "multipart", "text", "video",
  ]

  /// True for a type that holds a document: text of all kinds but style sheets, scripts and such,
  /// XHTML and XML.
  static func isText(_ name: String) -> Bool {
    name.hasPrefix("text/") ? !machineText.contains(name) : markup.contains(name)
  }

  /// The kind under which records of a type that holds no document are counted.
  static func skippedKind(_ name: String) -> String {
    let top = String(name.prefix { $0 != "/" })
    return "media-type-\(topLevelTypes.contains(top) ? top : "other")"
  }

  private static func charset(_ parameter: Substring) -> String? {
    let sides = parameter.split(separator: "=", maxSplits: 1)
    guard sides.count == 2, trim(sides[0]).lowercased() == "charset" else { return nil }
    let value = trim(sides[1]).utf8.filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }
    return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
  }

  private static func trim(_ text: Substring) -> Substring {
    var text = text
    while let first = text.utf8.first, first <= 0x20 { text = Substring(text.utf8.dropFirst()) }
    while let last = text.utf8.last, last <= 0x20 { text = Substring(text.utf8.dropLast()) }
    return text
  }
}

/// The media types met so far: a crawl repeats a few hundred spellings millions of times.
final class MediaTypeShelf {
  private var known: [String: MediaType] = [:]
  /// A crawl full of invented ones must not fill the memory.
  private static let maximumCount = 4096

  subscript(value: String) -> MediaType {
    if let type = known[value] { return type }
    let type = MediaType(value)
    if known.count < Self.maximumCount { known[value] = type }
    return type
  }
}
