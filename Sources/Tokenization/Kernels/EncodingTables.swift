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
  /// Bytes without a token.
  let missingBytes: Set<UInt8>
  /// Tokens that no merges lead to, whether whole pre-tokens become them or not.
  let unmergedTokenCount: Int

  init(_ vocabulary: Vocabulary) throws(VocabularyError) {
    pattern = vocabulary.pattern ?? .none
    let (merges, isInOrder) = try MergeTable.make(vocabulary)
    self.merges = merges
    missingBytes = Set((0...255).filter { merges.id(UInt32($0)) == MergeTable.none })
    let merger = PieceMerger(merges)
    var ids = GrowingBuffer<UInt32>(capacity: 64)
    defer { ids.deallocate() }
    let others = vocabulary.idsOutsideModel
    var standalone: [(bytes: [UInt8], id: UInt32)] = []
    var unreachable: [[UInt8]: UInt32] = [:]
    var unmerged = 0
    let products = Set(vocabulary.merges.map(\.product))
    var unmergedProducts = 0
    for (index, token) in vocabulary.tokens.enumerated() {
      let id = UInt32(index)
      if token.isEmpty || others.contains(id) { continue }
      ids.setCount(0)
      unsafe token.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return }
        unsafe merger.merge(base, bytes.count, into: &ids)
      }
      // SAFETY: at least one id has been appended.
      let isReached = unsafe ids.count == 1 && ids.base[0] == id
      if !isReached { unmerged += 1 }
      if !isReached, products.contains(id) { unmergedProducts += 1 }
      if !isReached, vocabulary.acceptsWholePreTokens { unreachable[token] = id }
      if isReached || vocabulary.acceptsWholePreTokens, token.count <= ck_word_longest {
        standalone.append((token, id))
      }
    }
    let allMerge = unmergedProducts == 0 && isInOrder
    trie = allMerge ? TokenTrie(merges, vocabulary) : nil
    standaloneTokens = standalone
    unreachableTokens = unreachable
    unmergedTokenCount = unmerged
  }
}
