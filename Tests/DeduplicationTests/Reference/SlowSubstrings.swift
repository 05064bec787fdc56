@testable import Deduplication

/// Repeated runs of tokens by comparing texts, in two independent ways.
struct SlowSubstrings {
  /// The tokens of all documents.
  let documents: [[String]]

  /// By a dictionary of all windows: for each document, which tokens lie in a window that is cut.
  func cutByWindows(length: Int, rule: CopyRule) -> [[Bool]] {
    var places: [[String]: [(document: Int, start: Int)]] = [:]
    for (document, tokens) in documents.enumerated() where tokens.count >= length {
      for start in 0...(tokens.count - length) {
        places[Array(tokens[start..<(start + length)]), default: []].append((document, start))
      }
    }
    var isCut = documents.map { Array(repeating: false, count: $0.count) }
    for copies in places.values where copies.count > 1 {
      for (index, copy) in copies.enumerated() {
        if rule == .first {
          let isNear = copy.document == copies[0].document && copy.start - copies[0].start < length
          if index == 0 || isNear { continue }
        }
        for token in copy.start..<(copy.start + length) { isCut[copy.document][token] = true }
      }
    }
    return isCut
  }

  /// By a suffix array, as the paper does: the tokens of substrings of `length` tokens or more that
  /// occur twice.
  func cutBySuffixArray(length: Int) -> [[Bool]] {
    var suffixes: [(document: Int, start: Int)] = []
    for (document, tokens) in documents.enumerated() {
      suffixes += tokens.indices.map { (document, $0) }
    }
    func text(_ suffix: (document: Int, start: Int)) -> ArraySlice<String> {
      documents[suffix.document][suffix.start...]
    }
    suffixes.sort { text($0).lexicographicallyPrecedes(text($1)) }
    var isCut = documents.map { Array(repeating: false, count: $0.count) }
    for (left, right) in zip(suffixes, suffixes.dropFirst()) {
      let common = zip(text(left), text(right)).prefix { $0 == $1 }.count
      guard common >= length else { continue }
      for suffix in [left, right] {
        for token in suffix.start..<(suffix.start + common) { isCut[suffix.document][token] = true }
      }
    }
    return isCut
  }
}
