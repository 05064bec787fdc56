internal import ByteKernels

/// Decodes numbers stored as differences in bit-packed blocks.
///
/// Source: Apache Parquet, Encodings.md, "Delta Encoding". All sums wrap around, as in the writers.
struct DeltaDecoder {
  /// How many numbers the header declares.
  let totalCount: Int
  private(set) var leftCount: Int
  private let end: Int
  private let numbersPerMiniblock: Int
  private let miniblockCount: Int
  private var offset: Int
  private var value: UInt64
  private var isFirst = true
  private var minimumDelta: UInt64 = 0
  private var widthOffset = 0
  private var miniblock: Int
  private var leftInMiniblock = 0
  private var bitOffset = 0
  private var bitWidth = 0

  init(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ParquetFault) {
    offset = range.lowerBound
    end = range.upperBound
    let blockSize = try Self.varint(bytes, &offset, end)
    let miniblocks = try Self.varint(bytes, &offset, end)
    let total = try Self.varint(bytes, &offset, end)
    let first = try Self.varint(bytes, &offset, end)
    guard (1...(1 << 20)).contains(blockSize), (1...(1 << 16)).contains(miniblocks),
      blockSize % miniblocks == 0, (blockSize / miniblocks) % 8 == 0, total <= Int32.max
    else { throw .corrupt("an impossible delta header") }
    miniblockCount = Int(miniblocks)
    numbersPerMiniblock = Int(blockSize / miniblocks)
    totalCount = Int(total)
    leftCount = totalCount
    value = Self.zigzag(first)
    miniblock = miniblockCount
  }

  /// Puts the next numbers at the start of `numbers`.
  mutating func decode(
    _ bytes: Span<UInt8>, count: Int, into numbers: inout [UInt64]
  ) throws(ParquetFault) {
    guard count <= leftCount else { throw .corrupt("fewer delta-encoded numbers than needed") }
    if numbers.count < count { numbers += Array(repeating: 0, count: count - numbers.count) }
    for index in 0..<count {
      if isFirst {
        isFirst = false
      } else {
        if leftInMiniblock == 0 { try startMiniblock(bytes) }
        value = value &+ minimumDelta &+ packed(bytes)
        bitOffset += bitWidth
        leftInMiniblock -= 1
      }
      numbers[index] = value
      leftCount -= 1
    }
  }

  /// Passes over all that is left and returns the offset behind the last miniblock.
  mutating func finish(_ bytes: Span<UInt8>) throws(ParquetFault) -> Int {
    if isFirst, leftCount > 0 {
      isFirst = false
      leftCount -= 1
    }
    while leftCount > 0 {
      if leftInMiniblock == 0 { try startMiniblock(bytes) }
      let step = min(leftInMiniblock, leftCount)
      leftInMiniblock -= step
      leftCount -= step
    }
    return offset
  }

  private mutating func startMiniblock(_ bytes: Span<UInt8>) throws(ParquetFault) {
    if miniblock == miniblockCount {
      minimumDelta = Self.zigzag(try Self.varint(bytes, &offset, end))
      guard end - offset >= miniblockCount else { throw .corrupt("delta blocks end too early") }
      widthOffset = offset
      offset += miniblockCount
      miniblock = 0
    }
    bitWidth = Int(bytes[widthOffset + miniblock])
    guard bitWidth <= 64 else { throw .corrupt("differences of \(bitWidth) bits") }
    // The last miniblock may be cut off behind its last number.
    let needed = (min(leftCount, numbersPerMiniblock) * bitWidth + 7) / 8
    guard needed <= end - offset else { throw .corrupt("delta blocks end too early") }
    bitOffset = offset * 8
    offset = min(end, offset + numbersPerMiniblock / 8 * bitWidth)
    leftInMiniblock = numbersPerMiniblock
    miniblock += 1
  }

  private func packed(_ bytes: Span<UInt8>) -> UInt64 {
    if bitWidth == 0 { return 0 }
    let raw = bytes.raw
    let byte = bitOffset >> 3
    let shift = UInt64(bitOffset & 7)
    let mask = UInt64.max &>> UInt64(64 - bitWidth)
    if byte + 9 <= raw.byteCount {
      let low = raw.load64(byte) &>> shift
      let high = shift == 0 ? 0 : UInt64(bytes[byte + 8]) &<< (64 - shift)
      return (low | high) & mask
    }
    var word: UInt64 = 0
    for bit in 0..<bitWidth {
      let place = bitOffset + bit
      word |= UInt64(bytes[place >> 3] &>> UInt8(place & 7) & 1) &<< UInt64(bit)
    }
    return word
  }

  private static func zigzag(_ value: UInt64) -> UInt64 { value &>> 1 ^ (0 &- (value & 1)) }

  private static func varint(
    _ bytes: Span<UInt8>, _ offset: inout Int, _ end: Int
  ) throws(ParquetFault) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      guard offset < end, shift < 70 else { throw .corrupt("a delta header ends too early") }
      let byte = bytes[offset]
      offset += 1
      if shift < 64 { value |= UInt64(byte & 0x7F) &<< shift }
      if byte & 0x80 == 0 { return value }
      shift += 7
    }
  }
}
