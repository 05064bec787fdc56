/// Counts sentences by their marks, without a trained model.
///
/// A sentence ends at a run of sentence-ending scalars (Unicode's Sentence_Terminal, as datatrove lists
/// them) and the closing quotes and brackets behind it, if white space or the end follows; the marks
/// of scripts without spaces (。！？｡) need nothing behind them. A full stop does not end one after
/// a single letter (initials), after a word with a full stop inside (U.S., e.g.) or after one of a few
/// English abbreviations, and three dots, or a full stop before a small letter, do not either. What
/// stands behind the last end counts as one more.
///
/// NLTK's punkt, which C4 used, learns its abbreviations and sentence openers from a corpus; spaCy's
/// rule, which datatrove uses, splits at every lone mark that its English tokenizer sets apart. All
/// three agree on plain prose and differ by a few sentences where abbreviations stand.
package enum Sentences {
  private static let abbreviations: Set<[UInt8]> = Set(
    [
      "mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "no", "vol", "fig", "inc", "ltd", "co",
      "corp", "jr", "sr", "gen", "sen", "rep", "gov", "capt", "col", "lt", "rev", "jan", "feb",
      "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    ].map { Array($0.utf8) })

  /// How many sentences a line of valid UTF-8 has, counting no further than `limit`.
  package static func count(
    in bytes: [UInt8], range: Range<Int>, upTo limit: Int = .max
  ) -> Int {
    var count = 0
    forEach(in: bytes.span, range, upTo: limit) { _ in count += 1 }
    return count
  }

  /// The sentences of a line of valid UTF-8, without the white space around them.
  package static func ranges(in bytes: [UInt8], range: Range<Int>) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    forEach(in: bytes.span, range, upTo: .max) {
      ranges.append(ScalarReader.trimmed($0, in: bytes.span))
    }
    return ranges
  }

  @inline(__always)
  private static func forEach(
    in text: Span<UInt8>, _ range: Range<Int>, upTo limit: Int, _ take: (Range<Int>) -> Void
  ) {
    let line = ScalarReader.trimmed(range, in: text)
    var count = 0
    var start = line.lowerBound
    var offset = start
    while offset < line.upperBound, count < limit {
      let (scalar, next) = ScalarReader.read(text, at: offset)
      guard ScalarProperties(of: scalar).isSentenceEnd else {
        offset = next
        continue
      }
      let isEnd: Bool
      (isEnd, offset) = sentenceEnd(text, mark: offset, from: start, in: line)
      if isEnd {
        take(start..<offset)
        count += 1
        start = offset
      }
    }
    let rest = ScalarReader.trimmed(min(start, line.upperBound)..<line.upperBound, in: text)
    if count < limit, !rest.isEmpty { take(rest) }
  }

  /// Whether a sentence ends with the run of marks that begins at `mark`, and the offset behind it, or
  /// that of the next mark that may end one.
  private static func sentenceEnd(
    _ text: Span<UInt8>, mark: Int, from start: Int, in line: Range<Int>
  ) -> (isEnd: Bool, offset: Int) {
    var end = mark
    var lastMark = mark
    var isOnlyDots = true
    var isWide = false
    while end < line.upperBound {
      let (scalar, next) = ScalarReader.read(text, at: end)
      if ScalarProperties(of: scalar).isSentenceEnd {
        lastMark = end
        isOnlyDots = isOnlyDots && scalar == 0x2E
        isWide = isWide || scalar >= 0x3000
      } else if !isCloser(scalar) {
        break
      }
      end = next
    }
    guard end < line.upperBound else { return (true, end) }
    let (following, _) = ScalarReader.read(text, at: end)
    guard isWide || ScalarProperties(of: following).isWhiteSpace else { return (false, end) }
    guard isOnlyDots else { return (true, end) }
    // Of several dots the last may end one, as behind a digit.
    if lastMark > mark { return (false, lastMark) }
    if isAbbreviation(text, before: mark, from: start) { return (false, end) }
    let opening = ScalarReader.trimmed(end..<line.upperBound, in: text).lowerBound
    let isSmall = opening < line.upperBound && text[opening] >= 0x61 && text[opening] <= 0x7A
    return (!isSmall, end)
  }

  private static func isCloser(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x22, 0x27, 0x29, 0x5D, 0x7D, 0xBB, 0x2019, 0x201D, 0x300D, 0x300F, 0xFF09: true
    default: false
    }
  }

  /// Whether the word before a full stop is one that carries it without ending a sentence.
  private static func isAbbreviation(_ text: Span<UInt8>, before mark: Int, from start: Int) -> Bool
  {
    var word: [UInt8] = []
    var offset = mark
    while offset > start, word.count < 8 {
      let byte = text[offset - 1]
      let isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
      guard isLetter || byte == 0x2E else { break }
      word.append(isLetter ? byte | 0x20 : byte)
      offset -= 1
    }
    let stands = offset == start || text[offset - 1] < 0x30
    if word.isEmpty || !stands { return false }
    return word.count == 1 || word.contains(0x2E) || abbreviations.contains(word.reversed())
  }
}
