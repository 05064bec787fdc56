/// Numbers as LEB128: seven bits a byte, lowest first, the high bit set on all but the last.
enum Varint {
  static let maximumByteCount = 10

  /// Reads a number of at most 64 bits at `offset`, which moves behind it; nil when it is cut short by
  /// `end` or too long.
  static func read(_ bytes: borrowing [UInt8], _ offset: inout Int, end: Int) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < end, shift < 64 {
      let byte = bytes[offset]
      offset += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
