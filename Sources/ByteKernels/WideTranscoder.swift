/// Turns UTF-16 and UTF-32 into UTF-8, piece by piece.
///
/// U+FFFD stands for a surrogate without its partner, for a number that is no scalar value, and for
/// what is left of a unit at the end, as in Python's decoders with `errors="replace"`.
package struct WideTranscoder: Sendable, Equatable {
  package enum Encoding: String, Sendable, CaseIterable {
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case utf32LittleEndian = "utf-32le"
    case utf32BigEndian = "utf-32be"

    var unitByteCount: Int {
      switch self {
      case .utf16LittleEndian, .utf16BigEndian: 2
      case .utf32LittleEndian, .utf32BigEndian: 4
      }
    }
  }

  package let encoding: Encoding
  /// How often U+FFFD was put in the place of something else.
  package private(set) var replacementCount = 0

  package init(_ encoding: Encoding) {
    self.encoding = encoding
  }

  /// The encoding whose byte order mark the bytes begin with, and the mark's length.
  ///
  /// Four bytes tell: the mark of UTF-16 also begins that of UTF-32, and no text begins with U+0000.
  package static func mark(of head: Span<UInt8>) -> (encoding: Encoding, byteCount: Int)? {
    if head.has([0xFF, 0xFE, 0, 0]) { return (.utf32LittleEndian, 4) }
    if head.has([0, 0, 0xFE, 0xFF]) { return (.utf32BigEndian, 4) }
    if head.has([0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if head.has([0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    return nil
  }

  /// Appends the text to `output` and returns how many bytes were read.
  ///
  /// Less than all when what follows decides how the last bytes read; with `isLast` nothing follows.
  package mutating func transcode(
    _ input: Span<UInt8>, isLast: Bool, into output: inout ByteBuffer
  ) -> Int {
    var position = 0
    var replaced = 0
    let encoding = encoding
    // One unit of two bytes becomes three at most, and a rest of less than a unit three.
    unsafe output.addSpace(input.count / 2 * 3 + 3) { space in
      var written = 0
      // SAFETY: a unit of two bytes gives at most three, one of four at most four, and a rest at
      // the end three, so `written` stays within the space asked for above.
      func put(_ byte: UInt32) {
        unsafe space[written] = UInt8(truncatingIfNeeded: byte)
        written &+= 1
      }
      while let (scalar, byteCount) = Self.next(input, position, encoding, isLast) {
        position &+= byteCount
        var scalar = scalar
        if scalar > 0x10FFFF || scalar &- 0xD800 < 0x800 {
          scalar = 0xFFFD
          replaced &+= 1
        }
        if scalar < 0x80 {
          put(scalar)
        } else if scalar < 0x800 {
          put(0xC0 | scalar >> 6)
          put(0x80 | scalar & 0x3F)
        } else {
          if scalar < 0x10000 {
            put(0xE0 | scalar >> 12)
          } else {
            put(0xF0 | scalar >> 18)
            put(0x80 | scalar >> 12 & 0x3F)
          }
          put(0x80 | scalar >> 6 & 0x3F)
          put(0x80 | scalar & 0x3F)
        }
      }
      return written
    }
    replacementCount += replaced
    return position
  }

  /// The number at a place and the bytes it takes, one that is no scalar value for what is to be
  /// replaced; nil when more bytes are needed.
  @inline(__always)
  private static func next(
    _ input: Span<UInt8>, _ position: Int, _ encoding: Encoding, _ isLast: Bool
  ) -> (scalar: UInt32, byteCount: Int)? {
    let rest = input.count &- position
    guard rest >= encoding.unitByteCount else {
      return isLast && rest > 0 ? (.max, rest) : nil
    }
    switch encoding {
    case .utf32LittleEndian: return (quad(input, position, 3, 2, 1, 0), 4)
    case .utf32BigEndian: return (quad(input, position, 0, 1, 2, 3), 4)
    case .utf16LittleEndian, .utf16BigEndian:
      let isBig = encoding == .utf16BigEndian
      let first = pair(input, position, isBig)
      guard first &- 0xD800 < 0x400 else { return (first, 2) }
      guard rest >= 4 else {
        if !isLast { return nil }
        return (first, rest)
      }
      let second = pair(input, position &+ 2, isBig)
      guard second &- 0xDC00 < 0x400 else { return (first, 2) }
      return (0x10000 &+ (first &- 0xD800) << 10 &+ (second &- 0xDC00), 4)
    }
  }

  @inline(__always)
  private static func pair(_ input: Span<UInt8>, _ position: Int, _ isBig: Bool) -> UInt32 {
    let (one, two) = (UInt32(input[position]), UInt32(input[position &+ 1]))
    return isBig ? one << 8 | two : two << 8 | one
  }

  @inline(__always)
  private static func quad(
    _ input: Span<UInt8>, _ position: Int, _ a: Int, _ b: Int, _ c: Int, _ d: Int
  ) -> UInt32 {
    UInt32(input[position &+ a]) << 24 | UInt32(input[position &+ b]) << 16
      | UInt32(input[position &+ c]) << 8 | UInt32(input[position &+ d])
  }
}
