import Tokenization

/// Byte-level BPE training as its definition says: count all pairs anew before every merge.
enum ReferenceTrainer {
  /// The merges over words with counts; bytes have the ids of `byteTokens`, new tokens
  /// the ids after, of which `wanted` are made.
  static func merges(
    _ words: [[UInt8]: Int], byteTokens: [UInt8: UInt32], count wanted: Int, minimumFrequency: Int,
    maximumTokenByteCount: Int? = nil
  ) -> [[UInt32]] {
    var sequences = words.map { (symbols: $0.key.compactMap { byteTokens[$0] }, count: $0.value) }
    var spelled: [UInt32: [UInt8]] = [:]
    for (byte, id) in byteTokens { spelled[id] = [byte] }
    let first = (byteTokens.values.max() ?? 0) + 1
    var next = first
    var merges: [[UInt32]] = []
    while next < first + UInt32(wanted) {
      var counts: [[UInt32]: Int] = [:]
      for (symbols, count) in sequences {
        for place in symbols.indices.dropLast() {
          counts[[symbols[place], symbols[place + 1]], default: 0] += count
        }
      }
      let allowed = counts.filter { pair, count in
        let length = pair.reduce(0) { $0 + (spelled[$1]?.count ?? 0) }
        return count >= max(1, minimumFrequency) && length <= maximumTokenByteCount ?? .max
      }
      let best = allowed.min { a, b in
        a.value != b.value ? a.value > b.value : a.key.lexicographicallyPrecedes(b.key)
      }
      guard let pair = best?.key else { break }
      let bytes = pair.flatMap { spelled[$0] ?? [] }
      // Bytes that are a token already, by other merges, stay that token.
      let product = spelled.first { $0.value == bytes }?.key ?? next
      if !merges.contains(pair) { merges.append(pair) }
      spelled[product] = bytes
      for index in sequences.indices {
        sequences[index].symbols = merged(sequences[index].symbols, pair, into: product)
      }
      if product == next { next += 1 }
    }
    return merges
  }

  /// One pass from the left: each pair found is replaced at once.
  static func merged(_ symbols: [UInt32], _ pair: [UInt32], into product: UInt32) -> [UInt32] {
    var result: [UInt32] = []
    var place = 0
    while place < symbols.count {
      if place + 1 < symbols.count, symbols[place] == pair[0], symbols[place + 1] == pair[1] {
        result.append(product)
        place += 2
      } else {
        result.append(symbols[place])
        place += 1
      }
    }
    return result
  }
}
