/// Tables from vocabularies, and vocabularies' merges from their tokens alone.
extension MergeTable {
  /// The table of a byte-level vocabulary; `isInOrder` says whether every merge joins tokens that
  /// merges before it make, and is itself the only one of its two tokens.
  ///
  /// A merge of tokens that no merge makes never happens and is left out. Of two merges of the same
  /// tokens the last counts, as in Hugging Face's tokenizers. A byte without a token has the id
  /// `none`.
  static func make(
    _ vocabulary: Vocabulary
  ) throws(VocabularyError) -> (table: MergeTable, isInOrder: Bool) {
    if vocabulary.merges.count > Vocabulary.maximumTokenCount - 256 {
      throw VocabularyError(
        message: "it has \(vocabulary.merges.count) merges, more than can be kept")
    }
    let byteIDs = try byteIDs(vocabulary.tokens, vocabulary.idsOutsideModel)
    if let table = tableInOrder(vocabulary, byteIDs) { return (table, true) }
    let merges = mergesThatHappen(vocabulary.merges, byteIDs)
    let table = MergeTable(byteIDs: byteIDs.map { $0 ?? none }, mergeCapacity: merges.count)
    var numbers: [UInt32: UInt32] = [:]
    for (byte, id) in byteIDs.enumerated() { if let id { numbers[id] = UInt32(byte) } }
    for (rank, merge) in merges.enumerated() where numbers[merge.product] == nil {
      numbers[merge.product] = UInt32(256 + rank)
    }
    var isInOrder = merges.count == vocabulary.merges.count
    for (rank, merge) in merges.enumerated() {
      guard let left = numbers[merge.left], let right = numbers[merge.right] else { continue }
      let number = UInt32(256 + rank)
      if left >= number || right >= number { isInOrder = false }
      let known = numbers[merge.product]
      _ = table.append(left, right, id: merge.product, known: known == number ? nil : known)
    }
    return (table, isInOrder)
  }

  /// The table, where every merge joins tokens that merges before it make and is the only one of them.
  private static func tableInOrder(_ vocabulary: Vocabulary, _ byteIDs: [UInt32?]) -> MergeTable? {
    let table = MergeTable(
      byteIDs: byteIDs.map { $0 ?? none }, mergeCapacity: vocabulary.merges.count)
    let count = vocabulary.tokens.count
    var numbers = [UInt32](repeating: none, count: count)
    for (byte, id) in byteIDs.enumerated() { if let id { numbers[Int(id)] = UInt32(byte) } }
    for merge in vocabulary.merges {
      if max(merge.left, merge.right, merge.product) >= count { return nil }
      let (left, right) = (numbers[Int(merge.left)], numbers[Int(merge.right)])
      if left == none || right == none { return nil }
      let known = numbers[Int(merge.product)]
      numbers[Int(merge.product)] = table.append(
        left, right, id: merge.product, known: known == none ? nil : known)
    }
    return table.hasDistinctPairs ? table : nil
  }

  /// The merges of tokens that can come about, each pair of tokens once.
  private static func mergesThatHappen(
    _ merges: [Vocabulary.Merge], _ byteIDs: [UInt32?]
  ) -> [Vocabulary.Merge] {
    var made = Set(byteIDs.compactMap { $0 })
    var ranks: [UInt64: Int] = [:]
    ranks.reserveCapacity(merges.count)
    // Merges that wait for a token that no merge so far makes.
    var waiting: [UInt32: [Vocabulary.Merge]] = [:]
    for (rank, merge) in merges.enumerated() {
      ranks[pair(merge)] = rank
      var ready = [merge]
      while let next = ready.popLast() {
        if !made.contains(next.left) {
          waiting[next.left, default: []].append(next)
        } else if !made.contains(next.right) {
          waiting[next.right, default: []].append(next)
        } else if made.insert(next.product).inserted {
          ready += waiting.removeValue(forKey: next.product) ?? []
        }
      }
    }
    if waiting.isEmpty, ranks.count == merges.count { return merges }
    return merges.enumerated().filter { rank, merge in
      ranks[pair(merge)] == rank && made.contains(merge.left) && made.contains(merge.right)
    }.map(\.element)
  }

  private static func pair(_ merge: Vocabulary.Merge) -> UInt64 {
    UInt64(merge.left) << 32 | UInt64(merge.right)
  }

  /// The merges of a vocabulary whose ranks are its ids: a token is made of the two that its bytes
  /// become by the merges before it.
  ///
  /// A token whose bytes become three or more has no merge; only a whole pre-token becomes it. Refuses
  /// two tokens of the same bytes.
  static func recoverMerges(
    tokens: [[UInt8]], specialTokens: [AddedToken]
  ) throws(VocabularyError) -> [Vocabulary.Merge] {
    let specials = Set(specialTokens.map(\.id))
    let byteIDs = try byteIDs(tokens, specials).compactMap { $0 }
    if byteIDs.count < 256 {
      throw VocabularyError(message: "a byte is no token; all 256 must be")
    }
    let table = MergeTable(byteIDs: byteIDs, mergeCapacity: tokens.count)
    var numbers = [UInt32](repeating: 0, count: tokens.count)
    for (byte, id) in byteIDs.enumerated() { numbers[Int(id)] = UInt32(byte) }
    let merger = PieceMerger(table)
    var parts = GrowingBuffer<UInt32>(capacity: 64)
    defer { parts.deallocate() }
    var merges: [Vocabulary.Merge] = []
    var unmerged: Set<[UInt8]> = []
    for (index, token) in tokens.enumerated()
    where token.count > 1 && !specials.contains(UInt32(index)) {
      parts.setCount(0)
      unsafe token.withUnsafeBufferPointer { bytes in
        if let base = bytes.baseAddress { unsafe merger.merge(base, bytes.count, into: &parts) }
      }
      if parts.count == 1 || (parts.count > 2 && !unmerged.insert(token).inserted) {
        throw VocabularyError(message: "token \(index) has the bytes of another")
      }
      if parts.count != 2 { continue }
      // SAFETY: there are two parts, and they are ids.
      let (left, right) = unsafe (parts.base[0], parts.base[1])
      let id = UInt32(index)
      numbers[index] = table.append(
        numbers[Int(left)], numbers[Int(right)], id: id, known: nil)
      merges.append(.init(left: left, right: right, product: id))
    }
    return merges
  }

  /// The ids of the 256 bytes; nil for a byte that is no token.
  private static func byteIDs(
    _ tokens: [[UInt8]], _ others: Set<UInt32>
  ) throws(VocabularyError) -> [UInt32?] {
    var ids = [UInt32?](repeating: nil, count: 256)
    for (id, token) in tokens.enumerated() where token.count == 1 && !others.contains(UInt32(id)) {
      let byte = Int(token[0])
      if let other = ids[byte] {
        throw VocabularyError(message: "byte \(byte) is token \(other) and token \(id)")
      }
      ids[byte] = UInt32(id)
    }
    return ids
  }
}
