/// How often every document is packed, and between which keys the shards of each part stand: what the
/// totals of all encoded shards come to under the settings.
package struct Mixture: Sendable, Equatable, Codable {
  /// What becomes of the training documents of one source.
  package struct Source: Sendable, Equatable, Codable {
    package internal(set) var name: String
    /// What there is.
    package internal(set) var documents: Int
    package internal(set) var tokens: Int
    /// Every document is packed so often, and those chosen first once more.
    package internal(set) var epochs: Int
    /// The documents whose choice is below this are packed once more.
    package internal(set) var choiceLimit: UInt64 = 0
    /// What is packed in all, repetitions included.
    package internal(set) var packedTokens = 0
    /// Of that, what was packed before.
    package internal(set) var repeatedTokens = 0
    /// What is never packed.
    package internal(set) var unused = EncodedTotals.Sum()
  }

  /// The shards of one part.
  package struct Part: Sendable, Equatable, Codable {
    package internal(set) var name: String
    package internal(set) var tokens: Int
    /// The least key of each shard but the first.
    package internal(set) var boundaries: [OrderKey]

    package var shardCount: Int { boundaries.count + 1 }

    /// The shard that a key is in.
    func shard(of key: OrderKey) -> Int {
      var (low, high) = (0, boundaries.count)
      while low < high {
        let middle = (low + high) / 2
        if boundaries[middle] <= key { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  package internal(set) var sources: [Source]
  /// In the order of `SplitPart.allCases`; a part without documents has one shard, and no file.
  package internal(set) var parts: [Part]

  /// What is never packed of any source.
  package var unused: EncodedTotals.Sum {
    sources.reduce(into: EncodedTotals.Sum()) { $0 += $1.unused }
  }

  /// Refuses, before any is written, shards of more tokens or documents than can be.
  package func requireRoom(in format: TokenShardFormat) throws(MixtureError) {
    let documents = sources.reduce(0) { $0 + $1.documents * $1.epochs }
    for part in parts {
      let isTooLong = part.tokens / part.shardCount > format.layout.largestTokenCount
      let isTooMany =
        part.name == SplitPart.train.rawValue
        && documents / part.shardCount >= Int(PackedSequence.Piece.padding)
      guard isTooLong || isTooMany else { continue }
      let limit =
        isTooLong
        ? "\(format.layout.largestTokenCount) tokens" : "\(PackedSequence.Piece.padding) documents"
      throw MixtureError(
        description: "\(part.name): \(part.shardCount) shards of at most \(limit) do not hold "
          + "\(part.tokens) tokens; "
          + (format.layout.isOneFile ? "take another format" : "set a larger shard-count"))
    }
  }

  /// How often a document is packed.
  func copyCount(_ facts: DocumentFacts, _ position: DocumentPosition, _ rule: OrderRule) -> Int {
    facts.part == .train ? copyCount(source: facts.source, position, rule) : 1
  }

  /// How often a training document is packed.
  func copyCount(source number: Int, _ position: DocumentPosition, _ rule: OrderRule) -> Int {
    let source = sources[number]
    if source.choiceLimit == 0 { return source.epochs }
    return source.epochs + (rule.choice(position) < source.choiceLimit ? 1 : 0)
  }
}

/// The settings ask for what there is not.
package struct MixtureError: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String
}
