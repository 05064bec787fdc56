/// How many tokens a shard has whose format does not say so: counted when it is first asked for.
struct CountedTokens {
  /// Nil until it is known.
  var count: Int?

  /// The count, by reading all sequences of the shard unless it is known.
  mutating func count(of reader: some TokenShardReader) throws(TokenShardError) -> Int {
    if let count { return count }
    var sequence = PackedSequence()
    var sum = 0
    for number in 0..<reader.sequenceCount {
      try reader.read(number, into: &sequence)
      sum += sequence.tokens.count
    }
    count = sum
    return sum
  }
}
