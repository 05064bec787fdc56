extension MergeLearner {
  /// Adds a word of two bytes and more as the tokens of its bytes.
  mutating func add(_ word: Span<UInt8>, count: UInt64, _ byteTokens: borrowing [UInt32]) {
    let tokens = unsafe arena.append(count: Int64(clamping: count), length: word.count)
    for place in word.indices {
      // SAFETY: the word has room for as many tokens as it has bytes.
      unsafe tokens[place] = Unit(truncatingIfNeeded: byteTokens[Int(word[place])])
    }
  }
}
