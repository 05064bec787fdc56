import Curation

/// Gopher's repetition rules, written from datatrove's definitions on strings and dictionaries.
///
/// A text is an array of scalars, so that lengths and comparisons are Python's.
enum SlowGopher {
  typealias Scalars = [UInt32]

  static func repetition(_ text: Scalars, words: [Scalars]) -> GopherRepetition.Reason? {
    if text.isEmpty { return .emptyText }
    let length = Double(text.count)
    let paragraphs = duplicates(split(strip(text), atRunsOf: 2))
    if paragraphs.share > 0.3 { return .duplicateParagraphs }
    if Double(paragraphs.length) / length > 0.2 { return .duplicateParagraphCharacters }
    let lines = duplicates(split(text, atRunsOf: 1))
    if lines.share > 0.3 { return .duplicateLines }
    if Double(lines.length) / length > 0.2 { return .duplicateLineCharacters }
    let top: [(Int, Double, GopherRepetition.Reason)] = [
      (2, 0.2, .top2Gram), (3, 0.18, .top3Gram), (4, 0.16, .top4Gram),
    ]
    for (count, maximum, reason) in top where words.count >= count {
      if Double(topWeight(words, count)) / length > maximum { return reason }
    }
    let repeated: [(Int, Double, GopherRepetition.Reason)] = [
      (5, 0.15, .duplicate5Grams), (6, 0.14, .duplicate6Grams), (7, 0.13, .duplicate7Grams),
      (8, 0.12, .duplicate8Grams), (9, 0.11, .duplicate9Grams), (10, 0.1, .duplicate10Grams),
    ]
    for (count, maximum, reason) in repeated {
      if Double(repeatedLength(words, count)) / length > maximum { return reason }
    }
    return nil
  }

  static func topWeight(_ words: [Scalars], _ count: Int) -> Int {
    var counts: [Scalars: Int] = [:]
    var order: [Scalars] = []
    for start in 0...(words.count - count) {
      let gram = Scalars(words[start..<(start + count)].joined(separator: [0x20]))
      if counts[gram] == nil { order.append(gram) }
      counts[gram, default: 0] += 1
    }
    var best: (gram: Scalars, count: Int) = ([], 0)
    for gram in order {
      if let found = counts[gram], found > best.count { best = (gram, found) }
    }
    return best.gram.count * best.count
  }

  static func repeatedLength(_ words: [Scalars], _ count: Int) -> Int {
    var known: Set<Scalars> = []
    var total = 0
    var index = 0
    while index + count <= words.count {
      let gram = Scalars(words[index..<(index + count)].joined())
      if known.insert(gram).inserted {
        index += 1
      } else {
        total += gram.count
        index += count
      }
    }
    return total
  }

  private static func duplicates(_ segments: [Scalars]) -> (share: Double, length: Int) {
    var known: Set<Scalars> = []
    let repeated = segments.filter { !known.insert($0).inserted }
    return (
      Double(repeated.count) / Double(segments.count), repeated.reduce(0) { $0 + $1.count }
    )
  }

  private static func strip(_ text: Scalars) -> Scalars {
    func isWhite(_ scalar: UInt32) -> Bool {
      (0x1C...0x1F).contains(scalar)
        || Unicode.Scalar(scalar).map { $0.properties.isWhitespace } ?? false
    }
    let start = text.firstIndex { !isWhite($0) } ?? text.endIndex
    let end = text.lastIndex { !isWhite($0) } ?? start - 1
    return start > end ? [] : Scalars(text[start...end])
  }

  private static func split(_ text: Scalars, atRunsOf minimum: Int) -> [Scalars] {
    var segments: [Scalars] = [[]]
    var index = 0
    while index < text.count {
      var end = index
      while end < text.count, text[end] == 0x0A { end += 1 }
      if end - index >= minimum {
        segments.append([])
        index = end
      } else {
        let next = max(end, index + 1)
        segments[segments.count - 1] += text[index..<next]
        index = next
      }
    }
    return segments
  }
}
