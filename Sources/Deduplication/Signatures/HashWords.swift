/// Hashes in the form in which signatures hold them.
enum HashWords {
  /// Each as two words, the low one first.
  static func words(of hashes: ArraySlice<UInt64>) -> [UInt32] {
    var words: [UInt32] = []
    words.reserveCapacity(2 * hashes.count)
    for hash in hashes {
      words.append(UInt32(truncatingIfNeeded: hash))
      words.append(UInt32(truncatingIfNeeded: hash >> 32))
    }
    return words
  }

  /// Ascending and without repetition.
  static func distinct(_ hashes: inout [UInt32]) -> [UInt32] {
    hashes.sort()
    var distinct: [UInt32] = []
    for hash in hashes where hash != distinct.last { distinct.append(hash) }
    return distinct
  }
}
