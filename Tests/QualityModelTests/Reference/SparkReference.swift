@testable import QualityModel

/// Spark's Tokenizer and HashingTF written from their descriptions, without final sigma.
enum SparkReference {
  /// Java's `text.toLowerCase().split("\\s")`.
  static func tokens(_ text: String) -> [String] {
    let lowercase = text.unicodeScalars.map { $0.properties.lowercaseMapping }.joined()
    var tokens: [String.UnicodeScalarView] = [.init()]
    for scalar in lowercase.unicodeScalars {
      if [0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D].contains(scalar.value) {
        tokens.append(.init())
      } else {
        tokens[tokens.count - 1].append(scalar)
      }
    }
    if tokens.count == 1 { return tokens.map { String($0) } }
    while let last = tokens.last, last.isEmpty { tokens.removeLast() }
    return tokens.map { String($0) }
  }

  /// The features of tokens, and how often each occurs.
  static func entries(_ tokens: [String], _ featureCount: Int) -> [FeatureEntry] {
    .init(FeatureEntry.counted(tokens.map { index(Array($0.utf8), featureCount) }))
  }

  private static func index(_ term: [UInt8], _ featureCount: Int) -> Int {
    let hash = Int(Int32(bitPattern: murmur3(term)))
    return ((hash % featureCount) + featureCount) % featureCount
  }

  /// MurmurHash3_x86_32 with seed 42, one byte at a time.
  private static func murmur3(_ bytes: [UInt8]) -> UInt32 {
    func rotated(_ value: UInt32, _ count: UInt32) -> UInt32 {
      value << count | value >> (32 - count)
    }
    var (hash, block): (UInt32, UInt32) = (42, 0)
    func scrambled(_ block: UInt32) -> UInt32 {
      rotated(block &* 0xCC9E_2D51, 15) &* 0x1B87_3593
    }
    for (position, byte) in bytes.enumerated() {
      block |= UInt32(byte) << UInt32(8 * (position % 4))
      if position % 4 == 3 {
        hash = rotated(hash ^ scrambled(block), 13) &* 5 &+ 0xE654_6B64
        block = 0
      }
    }
    hash ^= scrambled(block) ^ UInt32(bytes.count)
    hash = (hash ^ (hash >> 16)) &* 0x85EB_CA6B
    hash = (hash ^ (hash >> 13)) &* 0xC2B2_AE35
    return hash ^ (hash >> 16)
  }
}
