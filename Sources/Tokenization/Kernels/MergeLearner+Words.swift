extension MergeLearner {
  /// Adds a word of two bytes and more as the tokens of its bytes.
  mutating func add(_ word: Span<UInt8>, count: UInt64, _ byteTokens: borrowing [UInt32]) {
    let tokens = unsafe arena.append(count: Int64(clamping: count), length: word.count)
    for place in word.indices {
      // SAFETY: the word has room for as many tokens as it has bytes.
      unsafe tokens[place] = Unit(truncatingIfNeeded: byteTokens[Int(word[place])])
    }
  }

  /// Adds a word of two tokens and more.
  mutating func add(_ word: Span<UInt32>, count: UInt64) {
    let tokens = unsafe arena.append(count: Int64(clamping: count), length: word.count)
    // SAFETY: the word has room for its tokens.
    for place in word.indices { unsafe tokens[place] = Unit(truncatingIfNeeded: word[place]) }
  }

  /// Tokens that all words are made of now, times their counts.
  var tokenTotal: UInt64 {
    var total = UInt64(settledTotal)
    unsafe arena.forEach { _, _, length, count in total += UInt64(count) * UInt64(length) }
    return total
  }
}
