internal import ByteKernels

/// Decodes Parquet's hybrid of run lengths and bit-packed numbers, and the older bit-packed levels.
///
/// Source: Apache Parquet, Encodings.md, "RLE" and "BIT_PACKED". The decoder holds places in the
/// page alone; a run of two thousand million values takes no memory.
struct RunLengthDecoder {
  private let bitWidth: Int
  private var offset: Int
  private let end: Int
  private var repeatCount = 0
  private var repeatedValue: UInt32 = 0
  private var packedCount = 0
  private var bitOffset = 0
  private let isBigEndian: Bool

  /// Decodes the bytes `range` of a page.
  init(_ range: Range<Int>, bitWidth: Int) throws(ParquetFault) {
    guard (0...32).contains(bitWidth) else { throw .corrupt("numbers of \(bitWidth) bits") }
    self.bitWidth = bitWidth
    offset = range.lowerBound
    end = range.upperBound
    isBigEndian = false
  }

  /// Decodes levels of the deprecated encoding: bits alone, the highest first.
  init(bitPacked range: Range<Int>, bitWidth: Int) throws(ParquetFault) {
    guard (0...32).contains(bitWidth) else { throw .corrupt("numbers of \(bitWidth) bits") }
    self.bitWidth = bitWidth
    offset = range.upperBound
    end = range.upperBound
    isBigEndian = true
    packedCount = bitWidth == 0 ? 0 : range.count * 8 / bitWidth
    bitOffset = range.lowerBound * 8
  }

  /// Puts the next `count` numbers at the start of `numbers`.
  mutating func decode(
    _ bytes: Span<UInt8>, count: Int, into numbers: inout [UInt32]
  ) throws(ParquetFault) {
    if numbers.count < count { numbers += Array(repeating: 0, count: count - numbers.count) }
    var done = 0
    while done < count {
      if bitWidth == 0 {
        for index in done..<count { numbers[index] = 0 }
        return
      }
      if repeatCount > 0 {
        let step = min(repeatCount, count - done)
        for index in done..<(done + step) { numbers[index] = repeatedValue }
        repeatCount -= step
        done += step
      } else if packedCount > 0 {
        let step = min(packedCount, count - done)
        try unpack(bytes, step, into: &numbers, at: done)
        packedCount -= step
        done += step
      } else {
        try startRun(bytes)
      }
    }
  }

  private mutating func startRun(_ bytes: Span<UInt8>) throws(ParquetFault) {
    var head: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      guard offset < end, shift < 35 else { throw .corrupt("run lengths end too early") }
      let byte = bytes[offset]
      offset += 1
      head |= UInt64(byte & 0x7F) &<< shift
      if byte & 0x80 == 0 { break }
      shift += 7
    }
    let count = Int(head >> 1)
    if head & 1 == 1 {
      // The last group of eight may be cut off behind its last number.
      bitOffset = offset * 8
      let available = (end - offset) * 8 / bitWidth
      packedCount = min(count * 8, available)
      if packedCount == 0, count > 0 { throw .corrupt("packed numbers end too early") }
      offset = min(end, offset + count * bitWidth)
    } else {
      let byteCount = (bitWidth + 7) / 8
      guard end - offset >= byteCount else { throw .corrupt("run lengths end too early") }
      repeatedValue = 0
      for index in 0..<byteCount { repeatedValue |= UInt32(bytes[offset + index]) &<< (8 * index) }
      offset += byteCount
      repeatCount = count
    }
  }

  private mutating func unpack(
    _ bytes: Span<UInt8>, _ count: Int, into numbers: inout [UInt32], at start: Int
  ) throws(ParquetFault) {
    let raw = bytes.raw
    let mask = UInt64(1) &<< bitWidth &- 1
    for index in start..<(start + count) {
      let byte = bitOffset >> 3
      if isBigEndian {
        var value: UInt32 = 0
        for bit in bitOffset..<(bitOffset + bitWidth) {
          value = value << 1 | UInt32(bytes[bit >> 3] >> (7 - bit & 7) & 1)
        }
        numbers[index] = value
      } else {
        let word: UInt64
        if byte + 8 <= raw.byteCount {
          word = raw.load64(byte)
        } else {
          var tail: UInt64 = 0
          for place in byte..<raw.byteCount {
            tail |= UInt64(bytes[place]) &<< (8 * (place - byte))
          }
          word = tail
        }
        numbers[index] = UInt32(truncatingIfNeeded: word &>> (bitOffset & 7) & mask)
      }
      bitOffset += bitWidth
    }
  }
}
