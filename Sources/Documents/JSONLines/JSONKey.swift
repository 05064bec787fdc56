internal import ByteKernels

/// The name of a member, made to be compared quickly.
struct JSONKey: Sendable {
  private let bytes: [UInt8]
  private let byteCount: Int
  /// The first eight bytes, the first lowest, zeros behind a shorter name.
  private let head: UInt64

  init(_ name: String) {
    let bytes = Array(name.utf8)
    self.bytes = bytes
    byteCount = bytes.count
    head = Self.head(of: bytes.span.raw, at: 0, byteCount: bytes.count)
  }

  /// True when the key at `range`, written without escapes, is this name.
  @inline(__always)
  func isKey(_ range: Range<Int>, of text: Span<UInt8>) -> Bool {
    guard range.count == byteCount else { return false }
    let start = range.lowerBound
    guard Self.head(of: text.raw, at: start, byteCount: byteCount) == head else { return false }
    return byteCount <= 8 || text.has(bytes, at: start)
  }

  /// True when the member is called so, with or without escapes.
  func names(_ member: JSONMember, of text: Span<UInt8>) -> Bool {
    guard member.hasKeyEscape else { return isKey(member.key, of: text) }
    return JSONStringBytes.unescape(text.extracting(member.key))?.bytes == bytes
  }

  @inline(__always)
  private static func head(of text: RawSpan, at start: Int, byteCount: Int) -> UInt64 {
    if text.byteCount - start >= 8 {
      let unused = UInt64(max(0, 8 - byteCount))
      return unused == 8 ? 0 : (text.load64(start) &<< (8 * unused)) &>> (8 * unused)
    }
    var head: UInt64 = 0
    for offset in 0..<min(byteCount, text.byteCount - start) {
      head |= UInt64(text.load8(start + offset)) << UInt64(8 * offset)
    }
    return head
  }
}
