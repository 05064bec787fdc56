/// Java's `Pattern.split`: what matches leave of a text, found one match after the other.
///
/// Empty pieces at the end are dropped, and an empty match at the beginning makes none; a text without
/// a match is a piece, even when it is empty.
package struct JavaSplit {
  private var start = 0
  private var emptyCount = 0

  package init() {}

  /// Gives the pieces that are certain once the next match is known.
  package mutating func add(match: Range<Int>, _ give: (Range<Int>) -> Void) {
    if start == 0, match.upperBound == 0 { return }
    add(piece: start..<match.lowerBound, give)
    start = match.upperBound
  }

  /// Gives the last piece of a text.
  package mutating func finish(byteCount: Int, _ give: (Range<Int>) -> Void) {
    if start == 0 {
      give(0..<byteCount)
    } else {
      add(piece: start..<byteCount, give)
    }
  }

  private mutating func add(piece: Range<Int>, _ give: (Range<Int>) -> Void) {
    if piece.isEmpty {
      emptyCount += 1
      return
    }
    for _ in 0..<emptyCount { give(0..<0) }
    emptyCount = 0
    give(piece)
  }

  /// The tokens of Spark's Tokenizer in a text that is in Java's lower case: what `split("\\s")`
  /// leaves, where each of six ASCII characters is white space.
  package static func tokens(_ text: Span<UInt8>, _ give: (Range<Int>) -> Void) {
    var split = JavaSplit()
    for position in text.indices {
      let byte = text[position]
      if byte == 0x20 || byte &- 0x09 < 5 { split.add(match: position..<(position + 1), give) }
    }
    split.finish(byteCount: text.count, give)
  }
}
