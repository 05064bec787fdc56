internal import ByteKernels
internal import TextAnalysis

/// Turns the repeated windows of one shard's documents into ranges of bytes.
final class SubstringCutter {
  private let settings: PieceSettings
  private let marks: RepeatMarks
  private var counts: TokenCounts
  private var splitter = TokenSplitter()
  private var tokenCount = 0

  init(
    anchorFile: String, windowFiles: [String], shard: Int, shardCount: Int,
    settings: DeduplicationSettings,
    memoryByteCount: Int
  ) throws(DeduplicationError) {
    self.settings = settings.pieces
    counts = try TokenCounts(path: TokenCounts.path(besides: anchorFile), settings: settings)
    marks = try RepeatMarks(
      repeatFiles: windowFiles, phase: .windows, shard: shard, shardCount: shardCount,
      settings: settings, memoryByteCount: memoryByteCount)
  }

  /// True when every window has been met.
  var isAtEnd: Bool { marks.next == nil }

  /// The ranges to cut from the next document, in order, apart from each other.
  func cuts(of text: [UInt8]) throws(DeduplicationError) -> [Range<Int>] {
    let first = UInt64(tokenCount)
    tokenCount += try counts.next().tokens
    guard let next = marks.next, next < UInt64(tokenCount) else { return [] }
    splitter.split(text.span)
    let tokens = splitter.tokens
    var runs: [Range<Int>] = []
    while let next = marks.next, next < UInt64(tokenCount) {
      let start = Int(next - first)
      guard start < tokens.count else {
        throw .mismatched(path: counts.path, what: "does not fit the documents of its shard")
      }
      let end = min(start + settings.substringTokens, tokens.count)
      if let last = runs.last, start <= last.upperBound {
        runs[runs.count - 1] = last.lowerBound..<max(end, last.upperBound)
      } else {
        runs.append(start..<end)
      }
      try marks.advance()
    }
    return shrunk(
      runs.map { Int(tokens[$0.lowerBound].start)..<Int(tokens[$0.upperBound - 1].end) }, in: text)
  }

  private func shrunk(_ runs: [Range<Int>], in text: [UInt8]) -> [Range<Int>] {
    switch settings.substringCut {
    case .token, .nothing: return runs.map { RunEdges.withSpace($0, in: text) }
    case .line: return runs.compactMap { RunEdges.wholeLines(of: $0, in: text) }
    case .sentence:
      var walk = SentenceWalk(text)
      return runs.compactMap { run in
        walk.wholeSentences(of: run).map { RunEdges.withSpace($0, in: text) }
      }
    }
  }
}

/// Where the cut of a run of tokens begins and ends.
///
/// A run begins and ends with a token, so every edge is one of a token, a sentence or a line, and none
/// lies inside a grapheme.
enum RunEdges {
  /// The run and white space beside it: that after it up to the line's end, or before it when the
  /// line ends there; the line feed too when the run is all of its lines.
  static func withSpace(_ run: Range<Int>, in text: [UInt8]) -> Range<Int> {
    let (lineStart, lineEnd) = (blankStart(run.lowerBound, text), blankEnd(run.upperBound, text))
    let beginsLine = lineStart == 0 || text[lineStart - 1] == 0x0A
    let endsLine = lineEnd == text.count || text[lineEnd] == 0x0A
    switch (beginsLine, endsLine) {
    case (true, true): return lineStart..<min(lineEnd + 1, text.count)
    case (false, true): return lineStart..<lineEnd
    case (_, false): return run.lowerBound..<lineEnd
    }
  }

  /// The lines of which the run has everything but white space; nil when there are none.
  static func wholeLines(of run: Range<Int>, in text: [UInt8]) -> Range<Int>? {
    var start = blankStart(run.lowerBound, text)
    if start > 0, text[start - 1] != 0x0A {
      guard let feed = text[run].firstIndex(of: 0x0A) else { return nil }
      start = feed + 1
    }
    var end = blankEnd(run.upperBound, text)
    if end < text.count {
      if text[end] == 0x0A {
        end += 1
      } else {
        guard let feed = text[run].lastIndex(of: 0x0A) else { return nil }
        end = feed + 1
      }
    }
    return start < end ? start..<end : nil
  }

  /// Where the white space before an offset begins that is on its line.
  private static func blankStart(_ offset: Int, _ text: [UInt8]) -> Int {
    var start = offset
    while start > 0 {
      let before = ScalarReader.start(before: start, in: text.span)
      let scalar = ScalarReader.read(text.span, at: before).scalar
      guard scalar != 0x0A, ScalarProperties(of: scalar).isWhiteSpace else { break }
      start = before
    }
    return start
  }

  /// Where the white space after an offset ends that is on its line.
  private static func blankEnd(_ offset: Int, _ text: [UInt8]) -> Int {
    var end = offset
    while end < text.count {
      let (scalar, next) = ScalarReader.read(text.span, at: end)
      guard scalar != 0x0A, ScalarProperties(of: scalar).isWhiteSpace else { break }
      end = next
    }
    return end
  }
}
