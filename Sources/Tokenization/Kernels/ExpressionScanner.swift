/// Cuts texts by regular expressions.
enum ExpressionScanner {
  /// As `PieceScanner.scan`: each match is a pre-token, and each stretch between matches.
  static func scan<Failure: Error>(
    _ text: UnsafeBufferPointer<UInt8>, by expression: SplitExpression,
    _ body: (_ boundaries: UnsafePointer<Int>, _ count: Int) throws(Failure) -> Void
  ) throws(Failure) {
    if text.isEmpty { return }
    var boundaries = [0]
    // SAFETY: the span is used while `text` is there.
    let span = unsafe Span(_unsafeElements: text)
    expression.matches(in: span) { match in
      if let last = boundaries.last, match.lowerBound > last { boundaries.append(match.lowerBound) }
      if let last = boundaries.last, match.upperBound > last { boundaries.append(match.upperBound) }
    }
    if let last = boundaries.last, last < text.count { boundaries.append(text.count) }
    unsafe try hand(boundaries, to: body)
  }

  private static func hand<Failure: Error>(
    _ boundaries: [Int], to body: (UnsafePointer<Int>, Int) throws(Failure) -> Void
  ) throws(Failure) {
    unsafe try boundaries.withUnsafeBufferPointer { (all) throws(Failure) in
      guard let base = all.baseAddress else { return }
      for start in stride(from: 0, to: all.count - 1, by: PieceScanner.maximumPieceCount) {
        // SAFETY: `count + 1` boundaries are left from `start` on.
        let count = min(PieceScanner.maximumPieceCount, all.count - 1 - start)
        unsafe try body(base + start, count)
      }
    }
  }
}
