internal import ByteKernels

/// The dictionary that a `.warc.zst` file holds in its first, skippable frame.
///
/// Source: IIPC, "Use of Zstandard compression for WARC files", version 1.0: a skippable frame with
/// magic number 0x184D2A5D whose content is the dictionary, itself in a zstd frame or not.
enum ZstdDictionary {
  /// The frame's magic number and the length of its content.
  static let headByteCount = 8
  private static let magic: [UInt8] = [0x5D, 0x2A, 0x4D, 0x18]
  private static let frameMagic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
  /// A longer one is passed over like any skippable frame.
  private static let maximumByteCount = 16 << 20

  /// The byte count of the whole frame, when a dictionary frame begins the file.
  static func frameByteCount(head: Span<UInt8>) -> Int? {
    guard head.count >= headByteCount, head.has(magic) else { return nil }
    let byteCount = Int(head.raw.load32(4))
    return byteCount <= maximumByteCount ? headByteCount + byteCount : nil
  }

  /// Makes `decoder` use the dictionary in `frame`; false when it cannot.
  static func load(_ frame: Span<UInt8>, into decoder: ZstdDecoder) -> Bool {
    let content = frame.extracting(headByteCount...)
    guard content.has(frameMagic) else { return decoder.useDictionary(content) }
    var unpacked = ByteBuffer()
    var offset = 0
    let unpacker = ZstdDecoder()
    while unpacked.count <= maximumByteCount {
      let step = unpacker.decode(content.extracting(offset...), into: &unpacked, limit: 1 << 17)
      offset += step.consumedByteCount
      if step.outcome == .finishedUnit { return decoder.useDictionary(unpacked.bytes) }
      if step.outcome != .needsSpace { return false }
    }
    return false
  }
}
