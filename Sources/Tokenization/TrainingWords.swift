internal import ByteKernels

/// The pre-tokens of count files, equal ones added up, as training reads them: once to see how much
/// there is, once to keep it.
struct TrainingWords {
  /// How much there is of pre-tokens with two bytes and more: others have no pairs.
  struct Extent {
    var wordCount = 0
    var byteCount = 0
    var longestByteCount = 0
    /// Bytes times count of all pre-tokens, those of one byte too.
    var textByteCount: UInt64 = 0
  }

  private let paths: [String]
  private let bufferByteCount: Int
  private(set) var extent = Extent()

  /// Reads the files through; refuses those of another pattern, and counts whose sums would not fit.
  init(_ paths: [String], pattern: SplitPattern, memoryByteCount: Int) throws {
    self.paths = paths
    bufferByteCount = max(1 << 12, min(1 << 18, memoryByteCount / 4 / max(1, paths.count)))
    var found = Extent()
    var isTooLarge = false
    try forEach(pattern) { word, count in
      let (bytes, overflow) = count.multipliedReportingOverflow(by: UInt64(word.count))
      let (sum, carry) = found.textByteCount.addingReportingOverflow(bytes)
      isTooLarge = isTooLarge || overflow || carry || sum > 1 << 62
      found.textByteCount = sum
      if word.count < 2 { return }
      found.wordCount += 1
      found.byteCount += word.count
      found.longestByteCount = max(found.longestByteCount, word.count)
    }
    if isTooLarge {
      throw TokenizationError(
        path: paths.first ?? "",
        message: "the counts stand for more than 2^62 bytes of text, beyond what can be summed; "
          + "count fewer documents, or with smaller weights")
    }
    extent = found
  }

  /// Gives every pre-token with its count, in byte order.
  func forEach(
    _ pattern: SplitPattern, _ body: (Span<UInt8>, UInt64) throws -> Void
  ) throws {
    var merger = try CountFileMerger(
      paths.map { path in
        let reader = try CountFileReader(path: path, bufferByteCount: bufferByteCount)
        guard reader.pattern == pattern else {
          throw TokenizationError(
            path: path,
            message:
              "its words were split by \(reader.pattern.rawValue), but the vocabulary is to be "
              + "trained for \(pattern.rawValue)")
        }
        return reader
      })
    try merger.forEach(body)
  }
}
