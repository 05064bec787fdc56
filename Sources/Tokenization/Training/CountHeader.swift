internal import ByteKernels

/// What the counts of a file are counts of.
package struct CountHeader: Sendable, Equatable {
  package let split: WordSplit
  /// Empty when sources are not told apart.
  package let source: String
  /// How many of a count make one occurrence: more than one where sources have weights.
  package let unit: UInt64

  package init(split: WordSplit, source: String = "", unit: UInt64 = 1) {
    self.split = split
    self.source = source
    self.unit = unit
  }

  /// Refuses the counts in the file `path` when they are of another split than `expected`.
  func check(split expected: WordSplit, _ path: String) throws(TokenizationError) {
    if split == expected { return }
    throw TokenizationError(
      path: path,
      message: "its words were split by \(split.name), but the vocabulary is to be "
        + "trained for \(expected.name)")
  }
}

/// How much a count file holds.
///
/// Sums beyond 64 bits stay at the largest number.
package struct CountExtent: Sendable, Equatable {
  package private(set) var wordCount: UInt64 = 0
  /// The sum of all counts.
  package private(set) var total: UInt64 = 0
  /// Words of two bytes and more, which alone have pairs, and their bytes.
  package private(set) var longWordCount: UInt64 = 0
  package private(set) var longByteCount: UInt64 = 0
  package private(set) var longestByteCount: UInt64 = 0
  /// Bytes times count of all words.
  package private(set) var textByteCount: UInt64 = 0

  static let byteCount = 48

  package init() {}

  mutating func add(byteCount: Int, count: UInt64) {
    let bytes = UInt64(byteCount)
    wordCount += 1
    total = Self.sum(total, count)
    let (product, overflow) = count.multipliedReportingOverflow(by: bytes)
    textByteCount = Self.sum(textByteCount, overflow ? .max : product)
    if byteCount < 2 { return }
    longWordCount += 1
    longByteCount = Self.sum(longByteCount, bytes)
    longestByteCount = max(longestByteCount, bytes)
  }

  func append(to bytes: inout [UInt8]) {
    for number in [
      wordCount, total, longWordCount, longByteCount, longestByteCount, textByteCount,
    ] { bytes.append(littleEndian: number) }
  }

  /// The sums at a place in a trailer.
  init(_ trailer: RawSpan, at offset: Int) {
    wordCount = trailer.load64(offset)
    total = trailer.load64(offset + 8)
    longWordCount = trailer.load64(offset + 16)
    longByteCount = trailer.load64(offset + 24)
    longestByteCount = trailer.load64(offset + 32)
    textByteCount = trailer.load64(offset + 40)
  }

  private static func sum(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }
}
