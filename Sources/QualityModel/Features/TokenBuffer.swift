internal import ByteKernels

/// The tokens of one text, one after the other with a space between, so that neighbours joined by
/// spaces are slices of it.
struct TokenBuffer: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var ranges: [Range<Int>] = []

  var count: Int { ranges.count }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
  }

  mutating func append(_ token: Span<UInt8>) {
    if !ranges.isEmpty { bytes.append(0x20) }
    let start = bytes.count
    bytes.append(copying: token)
    ranges.append(start..<bytes.count)
  }

  /// Where `count` neighbours stand, the first of them given.
  func range(from first: Int, count: Int) -> Range<Int> {
    ranges[first].lowerBound..<ranges[first + count - 1].upperBound
  }
}
