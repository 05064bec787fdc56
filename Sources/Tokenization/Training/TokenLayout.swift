/// Which ids the tokens of byte-level BPE get: in training special tokens come first.
struct TokenLayout {
  private let settings: TokenizerSettings
  /// The id of every token of the training.
  private let ids: [UInt32]

  /// The other tokens keep their order, around the ids that special tokens have.
  init(_ settings: TokenizerSettings, tokenCount: Int) {
    self.settings = settings
    let count = settings.allSpecialTokens.count
    let specialIDs =
      if !settings.specialTokenIDs.isEmpty {
        settings.specialTokenIDs.map { UInt32($0) }
      } else if settings.specialTokenPlace == .last {
        (0..<count).map { UInt32(tokenCount - count + $0) }
      } else {
        (0..<count).map { UInt32($0) }
      }
    let taken = Set(specialIDs)
    var next: UInt32 = 0
    ids =
      specialIDs
      + (count..<tokenCount).map { _ in
        while taken.contains(next) { next += 1 }
        defer { next += 1 }
        return next
      }
  }

  func vocabulary(_ builder: MergeBuilder) -> Vocabulary {
    var tokens = [[UInt8]](repeating: [], count: Int(ids.max() ?? 0) + 1)
    for (token, id) in zip(builder.tokens, ids) { tokens[Int(id)] = token }
    return Vocabulary(
      tokens: tokens,
      merges: builder.merges.map {
        .init(
          left: ids[Int($0.left)], right: ids[Int($0.right)], product: ids[Int($0.product)])
      },
      specialTokens: zip(settings.allSpecialTokens, ids).map { .init(id: $1, text: $0) },
      pattern: settings.pattern)
  }
}
