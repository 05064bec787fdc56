@testable import Deduplication

/// What is left of documents when duplicate lines or paragraphs are cut, by dictionaries of strings.
struct SlowPieces {
  /// Nil for a document that is dropped.
  let left: [String?]
  let counts: [String: Int]

  /// One kind of piece, split at `\n`, compared by `form` of it; empty forms never count.
  init(_ texts: [String], rule: CopyRule, form: (String) -> String) {
    var counts: [String: Int] = [:]
    let split = texts.map {
      $0.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    }
    .map { $0.map { String($0) } }
    for line in split.joined() { counts[Self.key(form(line)), default: 0] += 1 }
    var seen: Set<String> = []
    var left: [String?] = []
    for lines in split {
      var kept: [String] = []
      for line in lines {
        let key = Self.key(form(line))
        let isRepeated = !key.isEmpty && counts[key, default: 0] > 1
        let isFirst = seen.insert(key).inserted
        if !isRepeated || (isFirst && rule == .first) { kept.append(line) }
      }
      let text = kept.joined(separator: "\n")
      let isEmptied = kept.count < lines.count && text.allSatisfy(\.isWhitespace)
      left.append(isEmptied ? nil : text)
    }
    self.left = left
    self.counts = counts.filter { !$0.key.isEmpty && $0.value > 1 }
  }

  /// Strings are equal by their scalars here, not by canonical equivalence.
  private static func key(_ text: String) -> String {
    text.unicodeScalars.map { "\($0.value)" }.joined(separator: " ")
  }
}
