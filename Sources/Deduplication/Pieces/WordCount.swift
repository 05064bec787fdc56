internal import ByteKernels
internal import TextAnalysis

/// Counts words between white space.
enum WordCount {
  /// True when the text has `least` words or more; reads no further than it must.
  static func isAtLeast(_ least: Int, in text: Span<UInt8>) -> Bool {
    var count = 0
    var isInside = false
    var offset = 0
    while offset < text.count, count < least {
      let (scalar, next) = ScalarReader.read(text, at: offset)
      let isSpace = ScalarProperties(of: scalar).isWhiteSpace
      if !isSpace, !isInside { count += 1 }
      isInside = !isSpace
      offset = next
    }
    return count >= least
  }
}
