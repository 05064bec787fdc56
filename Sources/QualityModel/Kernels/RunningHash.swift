internal import TextAnalysis

/// A word's hash while its characters come one by one; see `WordScanner`.
struct RunningHash {
  private var hash = WordScanner.seed
  private var block: UInt64 = 0
  private var bitCount: UInt64 = 0
  private(set) var isEmpty = true

  /// Adds the UTF-8 of `lowercase`, the lower case of `character`.
  @inline(__always)
  mutating func append(_ lowercase: UInt32, _ character: Utf8Character) {
    isEmpty = false
    var (bytes, byteCount) = (character.bytes, character.byteCount)
    if lowercase != character.codePoint { (bytes, byteCount) = Utf8Character.encode(lowercase) }
    block |= bytes &<< bitCount
    bitCount &+= 8 &* UInt64(byteCount)
    if bitCount >= 64 {
      hash = WordScanner.fold(hash ^ block, WordScanner.multiplier)
      bitCount &-= 64
      // The bytes that did not fit; none when the block was filled exactly.
      block = bitCount == 0 ? 0 : bytes &>> (8 &* UInt64(byteCount) &- bitCount)
    }
  }

  /// The hash of the word so far; the next word starts afresh.
  @inline(__always)
  mutating func finish() -> UInt64 {
    let result = bitCount == 0 ? hash : WordScanner.fold(hash ^ block, WordScanner.multiplier)
    self = RunningHash()
    return result
  }
}
