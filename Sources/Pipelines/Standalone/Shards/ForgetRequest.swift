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
  private let ids: Set<String>
  private let urls: Set<String>
  private let patterns: [[UInt8]]

  init(_ request: ForgetRequest) {
    ids = Set(request.ids)
    urls = Set(request.urls)
    patterns = request.patterns.map { Array($0.utf8) }
  }

  func matches(_ origin: DocumentOrigin) -> Bool {
    if ids.contains(origin.id) || (!origin.url.isEmpty && urls.contains(origin.url)) { return true }
    if patterns.isEmpty { return false }
    let subjects = Self.subjects(of: origin)
    return patterns.contains { pattern in subjects.contains { Self.matches(pattern, $0) } }
  }

  private static func subjects(of origin: DocumentOrigin) -> [[UInt8]] {
    var subjects = [Array(origin.id.utf8)]
    if origin.url.isEmpty { return subjects }
    let url = Array(origin.url.utf8)
    subjects.append(url)
    guard let colon = origin.url.range(of: "://") else { return subjects }
    let bare = origin.url[colon.upperBound...]
    subjects.append(Array(bare.utf8))
    let authority = bare.prefix { !"/?#".contains($0) }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
    subjects.append(Array(host.prefix { $0 != ":" }.utf8))
    return subjects
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

extension String {
  /// Where a text stands in this one first.
  fileprivate func range(of text: String) -> Range<String.Index>? { self.ranges(of: text).first }
}
