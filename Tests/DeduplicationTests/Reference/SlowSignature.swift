@testable import Deduplication

/// Signatures computed as their definition reads, one character and one word at a time.
enum SlowSignature {
  /// The words of valid UTF-8, in lower case.
  static func words(_ text: String) -> [String] {
    var words: [String] = []
    var isOpen = false
    var isSingle = false
    for scalar in text.unicodeScalars {
      let lower = String(WordRangesGenerator.lowerCase(scalar))
      switch WordRangesGenerator.wordClass(scalar) {
      case 0: isOpen = false
      case 1:
        if isOpen && !isSingle { words[words.count - 1] += lower } else { words.append(lower) }
        (isOpen, isSingle) = (true, false)
      case 2:
        if isOpen { words[words.count - 1] += lower } else { words.append(lower) }
        if !isOpen { (isOpen, isSingle) = (true, false) }
      default:
        words.append(lower)
        (isOpen, isSingle) = (true, true)
      }
    }
    return words.map { String(decoding: Array($0.utf8), as: UTF8.self) }
  }

  static func wordHash(_ word: String) -> UInt64 {
    let bytes = Array(word.utf8)
    var hash = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
    for start in stride(from: 0, to: bytes.count, by: 8) {
      let part = bytes[start..<min(start + 8, bytes.count)]
      var value: UInt64 = 0
      for byte in part.reversed() { value = value << 8 | UInt64(byte) }
      hash = fold(hash ^ value, part.count == 8 ? 0xA076_1D64_78BD_642F : 0xE703_7ED1_A0B4_28DB)
    }
    return hash ^ (hash >> 29)
  }

  static func shingles(_ text: String, words count: Int) -> [UInt64] {
    let hashes = words(text).map(wordHash)
    guard hashes.count >= count else { return [] }
    return (0...(hashes.count - count)).map { start in
      var sum: UInt64 = 0
      for hash in hashes[start..<(start + count)] { sum = sum &* 0xD6E8_FEB8_6659_FD93 &+ hash }
      return fold(sum, 0x8EBC_6AF0_9C88_C6E3)
    }
  }

  static func minHashes(_ text: String, _ settings: DeduplicationSettings, seed: UInt64) -> [UInt32]
  {
    let shingles = shingles(text, words: settings.shingleSize)
    guard !shingles.isEmpty else { return [] }
    if settings.hashBits == 64 {
      let family = WideHashFamily(count: settings.hashCount, seed: seed)
      return (0..<settings.hashCount).flatMap { index in
        let least = shingles.map { family.multipliers[index] &* $0 &+ family.offsets[index] }.min()
        return [UInt32((least ?? 0) & 0xFFFF_FFFF), UInt32((least ?? 0) >> 32)]
      }
    }
    let family = HashFamily(count: settings.hashCount, seed: seed)
    return (0..<settings.hashCount).map { index in
      shingles.map { family.multipliers[index] &* UInt32($0 >> 32) &+ family.offsets[index] }.min()
        ?? .max
    }
  }

  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = UInt128(left) * UInt128(right)
    return UInt64(truncatingIfNeeded: product >> 64) ^ UInt64(truncatingIfNeeded: product)
  }
}
