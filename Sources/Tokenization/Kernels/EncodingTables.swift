internal import CKernels

/// What encoders of one vocabulary share.
final class EncodingTables: Sendable {
  /// How whole texts are split; `none` also where that is left to the caller.
  let pattern: SplitPattern
  let merges: MergeTable
  /// Nil for a vocabulary whose pre-tokens must be merged step by step.
  let trie: TokenTrie?
  /// Tokens that a pre-token of the same bytes becomes and that are remembered, in order of id.
  let standaloneTokens: [(bytes: [UInt8], id: UInt32)]
  /// Tokens that no merges lead to, and that whole pre-tokens become all the same.
  let unreachableTokens: [[UInt8]: UInt32]
  /// A bit for the hash of each of them, so that most pre-tokens need no further look.
  private let unreachableHashes: [UInt64]
  /// Bytes without a token.
  let missingBytes: Set<UInt8>
  /// Tokens that no merges lead to, whether whole pre-tokens become them or not.
  let unmergedTokenCount: Int

  init(_ vocabulary: Vocabulary) throws(VocabularyError) {
    pattern = vocabulary.pattern ?? .none
    let (merges, isInOrder) = try MergeTable.make(vocabulary)
    self.merges = merges
    missingBytes = Set((0...255).filter { merges.id(UInt32($0)) == MergeTable.none })
    let isSimple = isInOrder && merges.hasDistinctTokens
    let reached =
      isSimple
      ? Self.reachedByNumbers(merges, vocabulary) : Self.reachedByMerging(merges, vocabulary)
    let others = vocabulary.idsOutsideModel
    var standalone: [(bytes: [UInt8], id: UInt32)] = []
    var unreachable: [[UInt8]: UInt32] = [:]
    var unmerged = 0
    for (index, token) in vocabulary.tokens.enumerated() {
      let id = UInt32(index)
      if token.isEmpty || others.contains(id) { continue }
      let isReached = reached[index]
      if !isReached { unmerged += 1 }
      if !isReached, vocabulary.acceptsWholePreTokens { unreachable[token] = id }
      if isReached || vocabulary.acceptsWholePreTokens, token.count <= ck_word_longest {
        standalone.append((token, id))
      }
    }
    let allMerge = isSimple && vocabulary.merges.allSatisfy { reached[Int($0.product)] }
    trie = allMerge ? TokenTrie(merges, vocabulary) : nil
    standaloneTokens = standalone
    unreachableTokens = unreachable
    unreachableHashes = Self.hashes(unreachable.keys)
    unmergedTokenCount = unmerged
  }

  /// By id, whether a token is what its own bytes become, from the halves of each token.
  private static func reachedByNumbers(_ merges: MergeTable, _ vocabulary: Vocabulary) -> [Bool] {
    var reached = [Bool](repeating: false, count: vocabulary.tokens.count)
    for (number, isReached) in merges.reachedNumbers().enumerated() {
      let id = merges.id(UInt32(number))
      if id != MergeTable.none { reached[Int(id)] = isReached }
    }
    return reached
  }

  /// The same for any table, by merging the bytes of each token.
  private static func reachedByMerging(_ merges: MergeTable, _ vocabulary: Vocabulary) -> [Bool] {
    let merger = PieceMerger(merges)
    var ids = GrowingBuffer<UInt32>(capacity: 64)
    defer { ids.deallocate() }
    var reached: [Bool] = []
    for (id, token) in vocabulary.tokens.enumerated() {
      ids.setCount(0)
      unsafe token.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
        unsafe merger.merge(base, bytes.count, into: &ids)
      }
      // SAFETY: the id is looked at where there is one.
      unsafe reached.append(ids.count == 1 && ids.base[0] == UInt32(id))
    }
    return reached
  }

  private static func hashes(_ tokens: Dictionary<[UInt8], UInt32>.Keys) -> [UInt64] {
    if tokens.isEmpty { return [] }
    var hashes = [UInt64](repeating: 0, count: 1 << 10)
    for token in tokens {
      unsafe token.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return }
        let hash = unsafe LongHash.hash(base, bytes.count)
        hashes[Int(hash >> 54)] |= 1 << (hash & 63)
      }
    }
    return hashes
  }

  /// The token that no merges lead to and that is a whole pre-token; nil when there is none.
  func unreachableToken(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) -> UInt32? {
    if unreachableHashes.isEmpty { return nil }
    let hash = unsafe LongHash.hash(bytes, byteCount)
    if unreachableHashes[Int(hash &>> 54)] &>> (hash & 63) & 1 == 0 { return nil }
    return unsafe unreachableTokens[Array(UnsafeBufferPointer(start: bytes, count: byteCount))]
  }
}
