internal import ByteKernels
internal import TextAnalysis

/// Finds the terms of a text as a chain of Spark's stages does, and their hashes.
struct SparkTermScanner: Sendable {
  private let terms: SparkTerms
  private let cutter: SparkTokenCutter
  private let stopWords: SparkStopWordFilter?
  private let table = CharacterTable.shared

  init(_ terms: SparkTerms) {
    self.terms = terms
    cutter = SparkTokenCutter(settings: terms.tokenizer)
    stopWords = terms.stopWords.map { SparkStopWordFilter($0) }
  }

  func makeExpression() -> RegularExpression? { cutter.makeExpression() }

  /// Calls `body` with each term and its hash.
  func scan(
    _ text: Span<UInt8>, _ scratch: inout TermScratch,
    _ body: (_ term: Span<UInt8>, _ hash: UInt32) -> Void
  ) {
    guard terms.tokenizer.makesLowercase else { return scanTokens(text, &scratch, body) }
    var lowered = scratch.lowered
    scratch.lowered = []
    lowered.removeAll(keepingCapacity: true)
    lowered.reserveCapacity(text.count + text.count / 8)
    JavaLowercase.append(text, table, to: &lowered)
    scanTokens(lowered.span, &scratch, body)
    scratch.lowered = lowered
  }

  private func scanTokens(
    _ text: Span<UInt8>, _ scratch: inout TermScratch,
    _ body: (_ term: Span<UInt8>, _ hash: UInt32) -> Void
  ) {
    cutter.cut(text, scratch.expression) { token in
      if let stopWords, stopWords.contains(token, lowered: &scratch.folded) { return }
      if terms.wordCount == 1 {
        body(token, hash(token))
      } else {
        scratch.tokens.append(token)
      }
    }
    guard scratch.tokens.count >= terms.wordCount else { return scratch.tokens.removeAll() }
    for first in 0...(scratch.tokens.count - terms.wordCount) {
      let range = scratch.tokens.range(from: first, count: terms.wordCount)
      let term = scratch.tokens.bytes.span.extracting(range)
      body(term, hash(term))
    }
    scratch.tokens.removeAll()
  }

  private func hash(_ term: Span<UInt8>) -> UInt32 {
    switch terms.hash {
    case .murmur3: Murmur3.hash32(term)
    case .legacy: Murmur3.legacySparkHash32(term)
    }
  }
}

/// What one worker needs to find terms without allocating.
struct TermScratch: Sendable {
  var lowered: [UInt8] = []
  var folded: [UInt8] = []
  var tokens = TokenBuffer()
  /// Where the characters of a word begin.
  var starts: [Int] = []
  var expression: RegularExpression?
}
