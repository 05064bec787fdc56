/// Tables from vocabularies, and vocabularies' merges from their tokens alone.
extension MergeTable {
  /// Refuses merges of tokens that no merge before makes, and a vocabulary without all 256 bytes.
  static func make(_ vocabulary: Vocabulary) throws(VocabularyError) -> MergeTable {
    let merges = vocabulary.merges
    if merges.count > Vocabulary.maximumTokenCount - 256 {
      throw VocabularyError(message: "it has \(merges.count) merges, more than can be kept")
    }
    let byteIDs = try byteIDs(vocabulary.tokens, vocabulary.specialTokens)
    let table = MergeTable(byteIDs: byteIDs, mergeCapacity: merges.count)
    var numbers: [UInt32: UInt32] = [:]
    for (byte, id) in byteIDs.enumerated() { numbers[id] = UInt32(byte) }
    for (rank, merge) in merges.enumerated() {
      guard let left = numbers[merge.left], let right = numbers[merge.right] else {
        throw VocabularyError(
          message: "merge \(rank) joins tokens \(merge.left) and \(merge.right), one of which no "
            + "merge before it makes")
      }
      numbers[merge.product] = table.append(
        left, right, id: merge.product, known: numbers[merge.product])
    }
    return table
  }

  /// The merges of a vocabulary whose ranks are its ids: a token is made of the two that its bytes
  /// become by the merges before it.
  ///
  /// A token whose bytes become three or more has no merge; only a whole pre-token becomes it.
  static func recoverMerges(
    tokens: [[UInt8]], specialTokens: [AddedToken]
  ) throws(VocabularyError) -> [Vocabulary.Merge] {
    let byteIDs = try byteIDs(tokens, specialTokens)
    let table = MergeTable(byteIDs: byteIDs, mergeCapacity: tokens.count)
    var numbers = [UInt32](repeating: 0, count: tokens.count)
    for (byte, id) in byteIDs.enumerated() { numbers[Int(id)] = UInt32(byte) }
    let merger = PieceMerger(table)
    var parts = GrowingBuffer<UInt32>(capacity: 64)
    defer { parts.deallocate() }
    let specials = Set(specialTokens.map(\.id))
    var merges: [Vocabulary.Merge] = []
    for (index, token) in tokens.enumerated()
    where token.count > 1 && !specials.contains(UInt32(index)) {
      parts.setCount(0)
      unsafe token.withUnsafeBufferPointer { bytes in
        if let base = bytes.baseAddress { unsafe merger.merge(base, bytes.count, into: &parts) }
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

  /// The ids of the 256 bytes.
  private static func byteIDs(
    _ tokens: [[UInt8]], _ specialTokens: [AddedToken]
  ) throws(VocabularyError) -> [UInt32] {
    var ids = [UInt32?](repeating: nil, count: 256)
    let specials = Set(specialTokens.map(\.id))
    for (id, token) in tokens.enumerated()
    where token.count == 1 && !specials.contains(UInt32(id)) {
      let byte = Int(token[0])
      if let other = ids[byte] {
        throw VocabularyError(message: "byte \(byte) is token \(other) and token \(id)")
      }
      ids[byte] = UInt32(id)
    }
    if let byte = ids.firstIndex(of: nil) {
      throw VocabularyError(message: "byte \(byte) is no token; all 256 bytes must be")
    }
    return ids.compactMap { $0 }
  }
}
