internal import ByteKernels

/// The file of distinct pre-tokens and how often each occurs.
///
/// ```
/// "GMCOUNT2"                       8 bytes
/// name of the split                its length as a varint (65,536 at most), then its bytes
/// name of the source               likewise; empty when sources are not told apart
/// unit                             a varint: how many of it make one occurrence
/// pre-token, in byte order         its length as a varint, its count as a varint, its bytes
/// ...
/// 0                                a varint where a length would be: no more follow
/// sums                             `CountExtent`: little-endian 64-bit numbers
/// XXH64 of all bytes before        little-endian
/// ```
/// Varints are LEB128: seven bits a byte, lowest first, the high bit set on all but the last.
enum CountFile {
  static let magic = Array("GMCOUNT2".utf8)
  static let trailerByteCount = CountExtent.byteCount + 8
  /// More than any sensible regular expression has.
  static let maximumPatternByteCount = 1 << 16

  /// Reads a varint of at most 64 bits at `offset`, which moves behind it; nil when it is cut short
  /// or too long.
  static func varint(_ bytes: borrowing [UInt8], _ offset: inout Int) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count, shift < 64 {
      let byte = bytes[offset]
      offset += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  static func appendVarint(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
