internal import ByteKernels

/// Paragraphs and lines, and how many of them repeat.
enum Segments {
  /// What the segments that stood before amount to.
  struct Duplicates {
    let count: Int
    let scalarCount: Int
    let segmentCount: Int

    var share: Double { Double(count) / Double(segmentCount) }
  }

  /// The parts of a range between runs of at least `minimum` line feeds; empty parts count.
  static func split(
    _ range: Range<Int>, at feeds: [Int], runsOf minimum: Int
  ) -> [Range<Int>] {
    var segments: [Range<Int>] = []
    var start = range.lowerBound
    var index = 0
    while index < feeds.count {
      var end = index + 1
      while end < feeds.count, feeds[end] == feeds[end - 1] + 1 { end += 1 }
      if end - index >= minimum, range.contains(feeds[index]) {
        segments.append(start..<feeds[index])
        start = feeds[end - 1] + 1
      }
      index = end
    }
    segments.append(start..<range.upperBound)
    return segments
  }

  /// Every segment but the first of its kind.
  static func duplicates(_ segments: [Range<Int>], of bytes: [UInt8]) -> Duplicates {
    var known = ByteRangeTable(capacity: segments.count)
    let text = bytes.span
    var count = 0
    var scalarCount = 0
    for segment in segments
    where !known.insert(segment.lowerBound, segment.upperBound, of: text) {
      count += 1
      scalarCount += ByteTally.scalars(in: text.extracting(segment))
    }
    return Duplicates(count: count, scalarCount: scalarCount, segmentCount: segments.count)
  }
}
