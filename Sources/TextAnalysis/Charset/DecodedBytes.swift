internal import ByteKernels

/// UTF-8 in the making, and what was malformed on the way.
struct DecodedBytes {
  private(set) var bytes: [UInt8] = []
  private(set) var malformedCount = 0
  /// Whether U+FFFD or nothing stands for what is malformed.
  private let replaces: Bool

  init(replaces: Bool, expectedByteCount: Int) {
    self.replaces = replaces
    bytes.reserveCapacity(expectedByteCount)
  }

  /// Appends the run of ASCII that begins at the position, and moves the position behind it.
  mutating func appendASCII(_ source: Span<UInt8>, _ position: inout Int) {
    let start = position
    while position < source.count, source[position] < 0x80 { position &+= 1 }
    if position &- start < 16 {
      for index in start..<position { bytes.append(source[index]) }
    } else {
      bytes.append(copying: source.extracting(start..<position))
    }
  }

  /// Appends valid UTF-8.
  mutating func append(copying source: Span<UInt8>) { bytes.append(copying: source) }

  @inline(__always)
  mutating func append(_ scalar: UInt32) {
    if scalar < 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: scalar))
      return
    }
    if scalar < 0x800 {
      bytes.append(UInt8(truncatingIfNeeded: 0xC0 | scalar &>> 6))
    } else {
      if scalar < 0x10000 {
        bytes.append(UInt8(truncatingIfNeeded: 0xE0 | scalar &>> 12))
      } else {
        bytes.append(UInt8(truncatingIfNeeded: 0xF0 | scalar &>> 18))
        bytes.append(UInt8(truncatingIfNeeded: 0x80 | (scalar &>> 12) & 0x3F))
      }
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | (scalar &>> 6) & 0x3F))
    }
    bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
  }

  mutating func appendMalformed() {
    malformedCount += 1
    if replaces { append(0xFFFD) }
  }
}
