/// Reads the scalars of well-formed UTF-8 by offset.
///
/// Where the bytes are not well formed it still moves forward and stays inside the text, but what it
/// reads there is unspecified.
package enum ScalarReader {
  /// The scalar that begins at `offset`, and the offset after it.
  @inlinable @inline(__always)
  package static func read(_ text: Span<UInt8>, at offset: Int) -> (scalar: UInt32, next: Int) {
    let lead = UInt32(text[offset])
    if lead < 0x80 { return (lead, offset &+ 1) }
    if lead < 0xE0 {
      return ((lead & 0x1F) &<< 6 | tail(text, offset &+ 1), min(offset &+ 2, text.count))
    }
    if lead < 0xF0 {
      let scalar = (lead & 0x0F) &<< 12 | tail(text, offset &+ 1) &<< 6 | tail(text, offset &+ 2)
      return (scalar, min(offset &+ 3, text.count))
    }
    let high = (lead & 0x07) &<< 18 | tail(text, offset &+ 1) &<< 12
    let scalar = high | tail(text, offset &+ 2) &<< 6 | tail(text, offset &+ 3)
    return (scalar, min(offset &+ 4, text.count))
  }

  /// The offset where the scalar that ends before `offset` begins.
  @inline(__always)
  package static func start(before offset: Int, in text: Span<UInt8>) -> Int {
    var start = offset &- 1
    while start > 0, text[start] & 0xC0 == 0x80 { start &-= 1 }
    return start
  }

  /// The range without the white space at its ends.
  package static func trimmed(_ range: Range<Int>, in text: Span<UInt8>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end {
      let (scalar, next) = read(text, at: start)
      guard ScalarProperties(of: scalar).isWhiteSpace else { break }
      start = next
    }
    while start < end {
      let last = self.start(before: end, in: text)
      guard ScalarProperties(of: read(text, at: last).scalar).isWhiteSpace else { break }
      end = last
    }
    return start..<max(start, end)
  }

  @inlinable @inline(__always)
  static func tail(_ text: Span<UInt8>, _ offset: Int) -> UInt32 {
    offset < text.count ? UInt32(text[offset] & 0x3F) : 0
  }
}
