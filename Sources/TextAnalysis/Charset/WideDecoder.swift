/// Decoders of UTF-16, as the WHATWG Encoding Standard has it, and of UTF-32 in the same spirit.
///
/// One U+FFFD stands for each lone surrogate, for a unit that is no scalar, and for a unit cut off at
/// the end with a high surrogate that waits before it.
enum WideDecoder {
  static func decode(_ bytes: Span<UInt8>, _ charset: Charset, replaces: Bool) -> DecodedBytes {
    var output = DecodedBytes(replaces: replaces, expectedByteCount: bytes.count)
    switch charset.name {
    case "utf-16le": decode16(bytes, low: 0, &output)
    case "utf-16be": decode16(bytes, low: 1, &output)
    case "utf-32be": decode32(bytes, isBigEndian: true, &output)
    default: decode32(bytes, isBigEndian: false, &output)
    }
    return output
  }

  private static func decode16(_ bytes: Span<UInt8>, low: Int, _ output: inout DecodedBytes) {
    var high: UInt32 = 0
    var position = 0
    while position &+ 1 < bytes.count {
      let unit =
        UInt32(bytes[position &+ (1 &- low)]) &<< 8 | UInt32(bytes[position &+ low])
      position &+= 2
      if high != 0 {
        if unit & 0xFC00 == 0xDC00 {
          output.append(0x10000 &+ (high & 0x3FF) &<< 10 &+ (unit & 0x3FF))
          high = 0
          continue
        }
        output.appendMalformed()
        high = 0
      }
      if unit & 0xFC00 == 0xD800 {
        high = unit
      } else if unit & 0xFC00 == 0xDC00 {
        output.appendMalformed()
      } else {
        output.append(unit)
      }
    }
    if high != 0 || position < bytes.count { output.appendMalformed() }
  }

  private static func decode32(
    _ bytes: Span<UInt8>, isBigEndian: Bool, _ output: inout DecodedBytes
  ) {
    var position = 0
    while position &+ 3 < bytes.count {
      var scalar: UInt32 = 0
      for offset in 0..<4 {
        scalar = scalar &<< 8 | UInt32(bytes[position &+ (isBigEndian ? offset : 3 &- offset)])
      }
      position &+= 4
      if scalar > 0x10FFFF || scalar & 0xFFFF_F800 == 0xD800 {
        output.appendMalformed()
      } else {
        output.append(scalar)
      }
    }
    if position < bytes.count { output.appendMalformed() }
  }
}
