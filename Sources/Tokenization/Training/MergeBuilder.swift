/// Tokens and merges while a vocabulary is trained.
struct MergeBuilder {
  /// What no token may be.
  struct Bounds {
    var byteCount = Int.max
    /// Characters, which is to say bytes that are no continuation.
    var characterCount = Int.max
    var forbidden: Set<[UInt8]> = []
  }

  /// The bytes of every token.
  private(set) var tokens: [[UInt8]]
  private(set) var merges: [Vocabulary.Merge] = []
  private let bounds: Bounds
  /// The id of every token that text becomes.
  private var ids: [[UInt8]: UInt32] = [:]

  /// Begins with tokens of which text becomes those from `first` on.
  init(tokens: [[UInt8]], first: Int = 0, _ bounds: Bounds) {
    self.tokens = tokens
    self.bounds = bounds
    for (id, token) in tokens.enumerated().dropFirst(first) { ids[token] = UInt32(id) }
  }

  /// Adds a merge and returns its token, which is new unless other merges have led to the same bytes;
  /// nil when no token may be so.
  mutating func merge(_ left: UInt32, _ right: UInt32) -> (product: UInt32, isNew: Bool)? {
    let bytes = tokens[Int(left)] + tokens[Int(right)]
    if bytes.count > bounds.byteCount || bounds.forbidden.contains(bytes) { return nil }
    if bounds.characterCount < .max,
      bytes.count(where: { $0 & 0xC0 != 0x80 }) > bounds.characterCount
    {
      return nil
    }
    if let known = ids[bytes] {
      let merge = Vocabulary.Merge(left: left, right: right, product: known)
      // A pair merged before comes again only where its tokens were made again, by another way.
      if !merges.contains(merge) { merges.append(merge) }
      return (known, false)
    }
    let product = UInt32(tokens.count)
    tokens.append(bytes)
    ids[bytes] = product
    merges.append(.init(left: left, right: right, product: product))
    return (product, true)
  }
}
