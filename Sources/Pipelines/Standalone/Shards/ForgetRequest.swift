internal import ByteKernels
internal import Packing

/// Which documents are to be taken out of shards.
package struct ForgetRequest: Codable, Sendable, Equatable {
  package var ids: [String]
  package var urls: [String]
  /// With `*` for any characters and `?` for one, held against the whole of the id, the URL, the URL
  /// without its scheme, and its host.
  package var patterns: [String]
  /// What the user wants the receipt to say.
  package var note: String?

  package init(ids: [String], urls: [String], patterns: [String], note: String? = nil) {
    (self.ids, self.urls, self.patterns, self.note) = (ids, urls, patterns, note)
  }
}

/// Decides for each document whether it is asked for.
struct ForgetMatcher {
  // By bytes: to strings, letters composed in other ways are the same.
  private let ids: Set<[UInt8]>
  private let urls: Set<[UInt8]>
  private let patterns: [[UInt8]]
  /// For hosts, whose names know no case.
  private let hostPatterns: [[UInt8]]

  init(_ request: ForgetRequest) {
    ids = Set(request.ids.map { Array($0.utf8) })
    urls = Set(request.urls.map { Array($0.utf8) })
    patterns = request.patterns.map { Array($0.utf8) }
    hostPatterns = request.patterns.map { Array($0.lowercased().utf8) }
  }

  func matches(_ origin: DocumentOrigin) -> Bool {
    let (id, url) = (Array(origin.id.utf8), Array(origin.url.utf8))
    if ids.contains(id) || (!url.isEmpty && urls.contains(url)) { return true }
    if patterns.isEmpty { return false }
    let bare = Self.withoutScheme(url)
    let host = Self.host(bare)
    return patterns.contains { pattern in
      [id, url, bare].contains { (!$0.isEmpty || $0 == id) && Self.matches(pattern, $0) }
    } || (!host.isEmpty && hostPatterns.contains { Self.matches($0, host) })
  }

  private static func withoutScheme(_ url: [UInt8]) -> [UInt8] {
    let start = url.firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? 0
    for place in [start, 0] where url[place...].starts(with: "//".utf8) {
      return Array(url[(place + 2)...])
    }
    return url
  }

  /// The host that an address without its scheme begins with, in lower case and without user, port and
  /// the dot that may end it.
  private static func host(_ bare: [UInt8]) -> [UInt8] {
    var host = bare.prefix { !"/?#".utf8.contains($0) }
    if let mark = host.lastIndex(of: UInt8(ascii: "@")) { host = host[(mark + 1)...] }
    if host.first == UInt8(ascii: "[") {
      host = host.prefix { $0 != UInt8(ascii: "]") }.dropFirst()
    } else {
      host = host.prefix { $0 != UInt8(ascii: ":") }
    }
    if host.last == UInt8(ascii: ".") { host.removeLast() }
    return Array(String(decoding: host, as: UTF8.self).lowercased().utf8)
  }

  /// Whether a pattern fits all of a text; a question mark stands for one byte.
  static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
    var (place, position) = (0, 0)
    // Where to go on from when what followed the last star did not fit.
    var retry: (place: Int, position: Int)?
    while position < text.count {
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        place += 1
        retry = (place, position)
      } else if place < pattern.count,
        pattern[place] == UInt8(ascii: "?") || pattern[place] == text[position]
      {
        place += 1
        position += 1
      } else if let (last, from) = retry {
        place = last
        position = from + 1
        retry = (last, from + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
