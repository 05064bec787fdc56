/// MurmurHash3_x86_32 in 64-bit arithmetic, one byte at a time, written from its description.
enum Murmur3Reference {
  static func hash(_ bytes: [UInt8], seed: UInt32) -> UInt32 {
    let word: UInt64 = 0xFFFF_FFFF
    func rotated(_ value: UInt64, by count: UInt64) -> UInt64 {
      ((value << count) | (value >> (32 - count))) & word
    }
    func scrambled(_ block: UInt64) -> UInt64 {
      rotated(block * 0xCC9E_2D51 & word, by: 15) * 0x1B87_3593 & word
    }
    var hash = UInt64(seed)
    var block: UInt64 = 0
    for (position, byte) in bytes.enumerated() {
      block += UInt64(byte) << UInt64(8 * (position % 4))
      if position % 4 == 3 {
        hash = (rotated(hash ^ scrambled(block), by: 13) * 5 + 0xE654_6B64) & word
        block = 0
      }
    }
    hash ^= scrambled(block)
    hash ^= UInt64(bytes.count)
    hash = (hash ^ (hash >> 16)) * 0x85EB_CA6B & word
    hash = (hash ^ (hash >> 13)) * 0xC2B2_AE35 & word
    return UInt32(hash ^ (hash >> 16))
  }
}
