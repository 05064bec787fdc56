internal import ByteKernels

/// Cuts text at Unicode's word boundaries scalar by scalar, until a stretch of ASCII begins.
///
/// The rules are UAX #29's WB1 to WB999. A mark that joins two letters or two digits needs the scalar
/// after it, so the word before it stays open (`middle`) until that one is seen.
struct ScalarWordCutter {
  /// A mark that may join what stands before it to what comes next (WB6, WB7, WB11, WB12).
  private struct Middle {
    var offset: Int
    var anchor: UInt16
    var mark: UInt16
    var before: WordTally
  }

  private let origin: Int
  private var wordStart: Int
  private var tally = WordTally()
  private var middle: Middle?
  /// The last class that WB4 does not look through, and the class of the scalar just before.
  private var left: UInt16 = 0
  private var previous: UInt16 = 0
  private var endsInWhiteSpace = false
  private var pairsWithNextFlag = false

  /// Starts at a boundary.
  init(from origin: Int) {
    self.origin = origin
    wordStart = origin
  }

  /// Appends words and returns the boundary where ASCII begins, or the end of the text.
  mutating func cut(_ text: Span<UInt8>, into words: inout [Word]) -> Int {
    var offset = origin
    var nextLook = 0
    while offset < text.count {
      let (scalar, next) = ScalarReader.read(text, at: offset)
      let properties = ScalarProperties(of: scalar)
      if offset == origin {
        left = properties.wordBreak
        pairsWithNextFlag = left == WordBreak.regionalIndicator
      } else if !joinsToWord(properties, at: offset, text, into: &words) {
        close(at: offset, text, into: &words)
        // A run of one mark is not left in its middle.
        if scalar < 0x80, offset >= nextLook, text[offset] != text[offset &- 1] {
          guard let obstacle = Self.firstNotASCII(text, from: offset) else { return offset }
          nextLook = obstacle
        }
        left = properties.wordBreak
        pairsWithNextFlag = left == WordBreak.regionalIndicator
      }
      previous = properties.wordBreak
      endsInWhiteSpace = properties.isWhiteSpace
      if endsInWhiteSpace, tally.scalarCount == 0 {
        wordStart = next
      } else {
        tally.add(properties)
      }
      offset = next
    }
    close(at: text.count, text, into: &words)
    return text.count
  }

  /// Whether no boundary stands before a scalar, as far as can be said before the next one.
  @inline(__always)
  private mutating func joinsToWord(
    _ properties: ScalarProperties, at offset: Int, _ text: Span<UInt8>, into words: inout [Word]
  ) -> Bool {
    let right = properties.wordBreak
    if WordBreak.endsLine(previous) || WordBreak.endsLine(right) {
      return previous == WordBreak.carriageReturn && right == WordBreak.lineFeed
    }
    if WordBreak.isIgnorable(right) { return true }
    if previous == WordBreak.space, right == WordBreak.space { return true }
    let followsJoiner = previous == WordBreak.zeroWidthJoiner && properties.isExtendedPictographic
    if let mark = middle {
      if WordBreak.completes(mark.anchor, mark.mark, right) {
        joinMiddle(mark)
        left = right
        return true
      }
      guard followsJoiner else { return false }
      closeMiddle(mark, text, into: &words)
    }
    if followsJoiner || WordBreak.joins(left, right) {
      left = right
      return true
    }
    if right == WordBreak.regionalIndicator, left == right, pairsWithNextFlag {
      pairsWithNextFlag = false
      return true
    }
    guard WordBreak.mayJoin(left, right) else { return false }
    middle = Middle(offset: offset, anchor: left, mark: right, before: tally)
    tally = WordTally()
    left = right
    return true
  }

  private mutating func joinMiddle(_ mark: Middle) {
    tally.add(mark.before)
    middle = nil
  }

  /// Ends the word before a mark that joined nothing.
  ///
  /// A Hebrew letter keeps its quote (WB7a).
  private mutating func closeMiddle(
    _ mark: Middle, _ text: Span<UInt8>, into words: inout [Word]
  ) {
    if mark.anchor == WordBreak.hebrewLetter, mark.mark == WordBreak.singleQuote {
      joinMiddle(mark)
      return
    }
    append(wordStart..<mark.offset, mark.before, of: text, to: &words)
    wordStart = mark.offset
    middle = nil
  }

  @inline(__always)
  private mutating func close(
    at offset: Int, _ text: Span<UInt8>, into words: inout [Word]
  ) {
    if let mark = middle { closeMiddle(mark, text, into: &words) }
    if tally.scalarCount > 0 {
      if endsInWhiteSpace {
        closeTrimmed(at: offset, text, into: &words)
      } else {
        append(wordStart..<offset, tally, of: text, to: &words)
      }
      tally = WordTally()
    }
    wordStart = offset
  }

  /// U+202F is white space that joins words (it is ExtendNumLet): cut off where it ends one.
  @inline(never)
  private func closeTrimmed(at offset: Int, _ text: Span<UInt8>, into words: inout [Word]) {
    var end = offset
    while end > wordStart {
      let start = ScalarReader.start(before: end, in: text)
      let scalar = ScalarReader.read(text, at: start).scalar
      guard ScalarProperties(of: scalar).isWhiteSpace else { break }
      end = start
    }
    append(wordStart..<end, WordTally.of(wordStart..<end, in: text), of: text, to: &words)
  }

  @inline(__always)
  private func append(
    _ range: Range<Int>, _ tally: WordTally, of text: Span<UInt8>, to words: inout [Word]
  ) {
    let word = Word(
      start: UInt32(truncatingIfNeeded: range.lowerBound),
      end: UInt32(truncatingIfNeeded: range.upperBound),
      scalarCount: tally.scalarCount, facts: WordFacts(rawValue: tally.facts))
    words.append(segment: word, of: text)
  }

  /// The first of the next 16 bytes that is not ASCII; nil when all are there and all are ASCII.
  @inline(__always)
  private static func firstNotASCII(_ text: Span<UInt8>, from offset: Int) -> Int? {
    guard offset &+ 16 <= text.count else { return text.count }
    let high: UInt64 = 0x8080_8080_8080_8080
    let first = text.raw.load64(offset) & high
    if first != 0 { return offset &+ first.trailingZeroBitCount / 8 }
    let second = text.raw.load64(offset &+ 8) & high
    return second == 0 ? nil : offset &+ 8 &+ second.trailingZeroBitCount / 8
  }
}
