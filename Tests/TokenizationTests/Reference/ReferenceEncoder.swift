import Tokenization

/// BPE as its definition says: look at all neighbours, apply the merge of lowest rank, of equal ones
/// the leftmost, until none applies.
struct ReferenceEncoder {
  private struct Pair: Hashable {
    let left: UInt32
    let right: UInt32
  }

  private let vocabulary: Vocabulary
  private var ranks: [Pair: (rank: Int, product: UInt32)] = [:]
  private var bytes: [UInt8: UInt32] = [:]
  private var whole: [[UInt8]: UInt32] = [:]

  init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    for (rank, merge) in vocabulary.merges.enumerated() {
      let pair = Pair(left: merge.left, right: merge.right)
      if ranks[pair] == nil { ranks[pair] = (rank, merge.product) }
    }
    let specials = Set(vocabulary.specialTokens.map(\.id))
    for (id, token) in vocabulary.tokens.enumerated()
    where !token.isEmpty && !specials.contains(UInt32(id)) {
      if token.count == 1 { bytes[token[0]] = UInt32(id) }
      if vocabulary.acceptsWholePreTokens { whole[token] = UInt32(id) }
    }
  }

  func encode(_ text: String) -> [UInt32] {
    let all = Array(text.utf8)
    var ids: [UInt32] = []
    var start = 0
    for end in ReferenceSplitter.ends(of: text, vocabulary.pattern ?? .none) {
      ids += encode(preToken: Array(all[start..<end]))
      start = end
    }
    return ids
  }

  func encode(preToken: [UInt8]) -> [UInt32] {
    if let id = whole[preToken] { return [id] }
    var ids = preToken.compactMap { bytes[$0] }
    while true {
      var best: (rank: Int, place: Int, product: UInt32)?
      for place in ids.indices.dropLast() {
        guard let found = ranks[Pair(left: ids[place], right: ids[place + 1])] else { continue }
        if found.rank < best?.rank ?? .max { best = (found.rank, place, found.product) }
      }
      guard let best else { return ids }
      ids.replaceSubrange(best.place...best.place + 1, with: [best.product])
    }
  }
}
