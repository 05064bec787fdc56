/// One code point decoded from UTF-8, with its bytes as a little-endian number.
package struct Utf8Character {
  package let codePoint: UInt32
  package let bytes: UInt64
  package let byteCount: Int

  /// Decodes the character at a position, which must be inside the text.
  ///
  /// A sequence cut by the end of the text or a stray byte is one byte long and has the code point
  /// U+10FFFF, which is unassigned.
  @inlinable @inline(__always)
  package init(_ text: Span<UInt8>, at position: Int) {
    let limit = text.count &- position
    let first = UInt32(text[position])
    if first < 0x80 {
      (codePoint, bytes, byteCount) = (first, UInt64(first), 1)
    } else if first &- 0xC0 < 0x20, limit >= 2 {
      let second = UInt32(text[position &+ 1])
      codePoint = (first & 0x1F) &<< 6 | (second & 0x3F)
      (bytes, byteCount) = (UInt64(first | second &<< 8), 2)
    } else if first &- 0xE0 < 0x10, limit >= 3 {
      let (second, third) = (UInt32(text[position &+ 1]), UInt32(text[position &+ 2]))
      codePoint = (first & 0x0F) &<< 12 | (second & 0x3F) &<< 6 | (third & 0x3F)
      (bytes, byteCount) = (UInt64(first | second &<< 8 | third &<< 16), 3)
    } else if first &- 0xF0 < 0x08, limit >= 4 {
      let (second, third) = (UInt32(text[position &+ 1]), UInt32(text[position &+ 2]))
      let fourth = UInt32(text[position &+ 3])
      let high = (first & 0x07) &<< 18 | (second & 0x3F) &<< 12
      codePoint = high | (third & 0x3F) &<< 6 | (fourth & 0x3F)
      (bytes, byteCount) = (UInt64(first | second &<< 8 | third &<< 16 | fourth &<< 24), 4)
    } else {
      (codePoint, bytes, byteCount) = (0x10_FFFF, UInt64(first), 1)
    }
  }

  /// The UTF-8 of a code point below U+110000, first byte lowest, and its length.
  @inlinable @inline(__always)
  package static func encode(_ codePoint: UInt32) -> (bytes: UInt64, byteCount: Int) {
    let value = UInt64(codePoint)
    if value < 0x80 { return (value, 1) }
    if value < 0x800 { return (0x80C0 | value &>> 6 | (value & 0x3F) &<< 8, 2) }
    if value < 0x1_0000 {
      return (0x80_80E0 | value &>> 12 | (value &>> 6 & 0x3F) &<< 8 | (value & 0x3F) &<< 16, 3)
    }
    let low = (value &>> 6 & 0x3F) &<< 16 | (value & 0x3F) &<< 24
    return (0x8080_80F0 | value &>> 18 | (value &>> 12 & 0x3F) &<< 8 | low, 4)
  }
}
