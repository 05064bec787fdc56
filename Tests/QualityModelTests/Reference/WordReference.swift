/// The default features written from their description: lists of words, hashes in 128-bit arithmetic.
enum WordReference {
  /// The words of a text in lower case, by the Unicode data of the Swift runtime.
  static func words(_ text: String) -> [String] {
    var words: [String.UnicodeScalarView] = []
    var isOpen = false
    for scalar in text.unicodeScalars {
      let role = scalar.value < 0x4_0000 ? CharacterRangesGenerator.characterClass(scalar) & 3 : 0
      let lowercase = CharacterRangesGenerator.lowercase(scalar)
      if role == 1, isOpen {
        words[words.count - 1].append(lowercase)
      } else if role != 0 {
        words.append(String.UnicodeScalarView([lowercase]))
      }
      isOpen = role == 1
    }
    return words.map { String($0) }
  }

  static func entries(_ words: [String], _ featureCount: Int) -> [FeatureEntry] {
    let hashes = words.map { hash(Array($0.utf8)) }
    let pairs = zip(hashes, hashes.dropFirst()).map { left, right in
      fold(left ^ 0x8EBC_6AF0_9C88_C6E3, right ^ 0x5899_65CC_7537_4CC3)
    }
    return FeatureEntry.counted(
      (hashes + pairs).map { Int((($0 >> 32) * UInt64(featureCount)) >> 32) })
  }

  private static func hash(_ bytes: [UInt8]) -> UInt64 {
    var hash: UInt64 = 0xA076_1D64_78BD_642F
    for start in stride(from: 0, to: bytes.count, by: 8) {
      var block: UInt64 = 0
      for (offset, byte) in bytes[start..<min(start + 8, bytes.count)].enumerated() {
        block += UInt64(byte) << UInt64(8 * offset)
      }
      hash = fold(hash ^ block, 0xE703_7ED1_A0B4_28DB)
    }
    return hash
  }

  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = UInt128(left) * UInt128(right)
    return UInt64(truncatingIfNeeded: product) ^ UInt64(truncatingIfNeeded: product >> 64)
  }
}
