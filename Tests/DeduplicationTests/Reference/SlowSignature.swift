@testable import Deduplication

/// Signatures computed as their definition reads, one character and one word at a time.
enum SlowSignature {
  static func wordHash(_ bytes: [UInt8]) -> UInt64 {
    func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
      bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    let lengthKey: UInt64 = 0xA076_1D64_78BD_642F
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    var rest = bytes[...]
    while rest.count > 16 {
      let high = number(rest.dropFirst(8).prefix(8))
      hash = fold(hash ^ number(rest.prefix(8)), lengthKey ^ high)
      rest = rest.dropFirst(16)
    }
    let high = number(rest.dropFirst(8))
    return fold(hash ^ number(rest.prefix(8)), high ^ (lengthKey &+ UInt64(bytes.count)))
  }

  static func shingles(_ text: String, _ settings: DeduplicationSettings) -> [UInt64] {
    let count = settings.shingleSize
    let hashes = SlowUnits.units(text, settings).map { wordHash(Array($0.utf8)) }
    guard hashes.count >= count else { return [] }
    return (0...(hashes.count - count)).map { start in
      var sum: UInt64 = 0
      for hash in hashes[start..<(start + count)] { sum = sum &* 0xD6E8_FEB8_6659_FD93 &+ hash }
      return fold(sum, 0x8EBC_6AF0_9C88_C6E3)
    }
  }

  static func shingleSet(_ text: String, _ settings: DeduplicationSettings) -> Set<[String]> {
    let (units, count) = (SlowUnits.units(text, settings), settings.shingleSize)
    guard units.count >= count else { return [] }
    return Set((0...(units.count - count)).map { Array(units[$0..<($0 + count)]) })
  }

  static func minHashes(_ text: String, _ settings: DeduplicationSettings, seed: UInt64) -> [UInt32]
  {
    let shingles = shingles(text, settings)
    guard !shingles.isEmpty else { return [] }
    let bits = settings.hashBits
    let family = HashFunctions.multiplyAdd(count: settings.hashCount, bits: bits, seed: seed)
    return (0..<settings.hashCount).flatMap { index -> [UInt32] in
      let hashes = shingles.map { shingle in
        let product = family.multipliers[index] &* (shingle >> UInt64(64 - bits))
        let sum = product &+ family.offsets[index]
        return bits == 32 ? sum & 0xFFFF_FFFF : sum
      }
      let least = hashes.min() ?? 0
      let low = UInt32(least & 0xFFFF_FFFF)
      return bits == 32 ? [low] : [low, UInt32(least >> 32)]
    }
  }

  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = UInt128(left) * UInt128(right)
    return UInt64(truncatingIfNeeded: product >> 64) ^ UInt64(truncatingIfNeeded: product)
  }
}
