internal import TextAnalysis

/// Cuts texts into tokens as Spark's RegexTokenizer does.
struct SparkTokenCutter: Sendable {
  let settings: SparkTokenizer

  /// What a worker needs beside the cutter; nil when the pattern is simple.
  func makeExpression() -> RegularExpression? {
    guard case .expression(let pattern) = settings.pattern.search else { return nil }
    do {
      return try RegularExpression(pattern)
    } catch {
      preconditionFailure("a pattern that was compiled before")
    }
  }

  /// Calls `body` with the tokens of a text that has the case it needs.
  func cut(
    _ text: Span<UInt8>, _ expression: RegularExpression?, _ body: (Span<UInt8>) -> Void
  ) {
    func give(_ range: Range<Int>) {
      let token = text.extracting(range)
      if isLongEnough(token) { body(token) }
    }
    if settings.matchesGaps {
      var split = JavaSplit()
      matches(in: text, expression) { split.add(match: $0, give) }
      split.finish(byteCount: text.count, give)
    } else {
      matches(in: text, expression, give)
    }
  }

  private func matches(
    in text: Span<UInt8>, _ expression: RegularExpression?, _ body: (Range<Int>) -> Void
  ) {
    switch settings.pattern.search {
    case .expression: expression?.matches(in: text, body)
    case .characters(let characters, isRun: true): runs(of: characters, in: text, body)
    case .characters(let characters, isRun: false): singles(of: characters, in: text, body)
    }
  }

  private func runs(
    of characters: ASCIIClass, in text: Span<UInt8>, _ body: (Range<Int>) -> Void
  ) {
    var position = 0
    while position < text.count {
      guard characters.contains(text[position]) else {
        position &+= 1
        continue
      }
      let start = position
      while position < text.count, characters.contains(text[position]) { position &+= 1 }
      body(start..<position)
    }
  }

  private func singles(
    of characters: ASCIIClass, in text: Span<UInt8>, _ body: (Range<Int>) -> Void
  ) {
    var position = 0
    while position < text.count {
      let start = position
      position &+= 1
      while position < text.count, text[position] & 0xC0 == 0x80 { position &+= 1 }
      if characters.contains(text[start]) { body(start..<position) }
    }
  }

  /// Whether the token has as many units of UTF-16 as it must.
  private func isLongEnough(_ token: Span<UInt8>) -> Bool {
    let least = settings.minimumLength
    if token.count < least { return false }
    if token.count >= 3 * least { return true }
    var length = 0
    for index in token.indices {
      let byte = token[index]
      length &+= (byte & 0xC0 == 0x80 ? 0 : 1) &+ (byte >= 0xF0 ? 1 : 0)
    }
    return length >= least
  }
}
