/// Turns texts into numbers that stand for their shingles; it owns its scratch memory.
protocol ShingleSource: AnyObject {
  /// Gives `take` the shingles in order, some at a time; none for a text of less than a shingle.
  func hash(_ text: Span<UInt8>, _ take: (Span<UInt64>) -> Void)
}
