internal import ByteKernels

/// Tokens by their bytes: the longest token a text begins with, and how each token is made.
///
/// Only for vocabularies in which every token is made by one merge, and its own bytes lead to it.
@safe final class TokenTrie: Sendable {
  /// The longest shorter token a token begins with, and the two it is made of.
  struct Token {
    var byteCount: UInt32
    var prefix: UInt32
    /// A byte's halves are the byte itself.
    var left: UInt32
    var right: UInt32
  }

  private static let empty = UInt64.max

  nonisolated(unsafe) private let tokens: UnsafeMutablePointer<Token>
  /// Edges by node and byte: 32 bits of node, 8 of byte, 24 of the node below.
  nonisolated(unsafe) private let edges: UnsafeMutablePointer<UInt64>
  /// The node of the first two bytes; 0 when no token begins with them.
  nonisolated(unsafe) private let roots: UnsafeMutablePointer<UInt32>
  /// The token that ends at a node; nodes 0 to 255 are the single bytes.
  nonisolated(unsafe) private let nodeTokens: UnsafeMutablePointer<UInt32>
  private let mask: Int

  /// A trie of the tokens of a table; nil when some token is not as it must be.
  init?(_ table: MergeTable, _ vocabulary: Vocabulary) {
    let merges = vocabulary.merges
    let byteCount = merges.reduce(0) { $0 + vocabulary.tokens[Int($1.product)].count }
    guard Set(merges.map(\.product)).count == merges.count, byteCount + 256 < 1 << 24 else {
      return nil
    }
    var places = 1 << 10
    while places < byteCount { places *= 2 }
    mask = places - 1
    unsafe edges = TableMemory.allocate(repeating: Self.empty, count: places)
    unsafe roots = .allocate(capacity: 1 << 16)
    unsafe roots.initialize(repeating: 0, count: 1 << 16)
    unsafe nodeTokens = TableMemory.allocate(
      repeating: MergeTable.none, count: byteCount + 256)
    unsafe tokens = .allocate(capacity: 256 + merges.count)
    guard fill(table, vocabulary) else { return nil }
  }

  /// Enters all tokens; false when one is made of tokens that come after it.
  private func fill(_ table: MergeTable, _ vocabulary: Vocabulary) -> Bool {
    var numbers: [UInt32: UInt32] = [:]
    for byte in 0..<UInt32(256) {
      unsafe nodeTokens[Int(byte)] = byte
      unsafe tokens[Int(byte)] = Token(
        byteCount: 1, prefix: MergeTable.none, left: byte, right: byte)
      numbers[table.id(byte)] = byte
    }
    var nodeCount: UInt32 = 256
    for (rank, merge) in vocabulary.merges.enumerated() {
      let number = UInt32(256 + rank)
      let bytes = vocabulary.tokens[Int(merge.product)]
      numbers[merge.product] = number
      guard let left = numbers[merge.left], let right = numbers[merge.right] else { return false }
      unsafe tokens[Int(number)] = Token(
        byteCount: UInt32(bytes.count), prefix: MergeTable.none, left: left, right: right)
      insert(bytes, number, &nodeCount)
    }
    for merge in vocabulary.merges { linkPrefix(vocabulary.tokens[Int(merge.product)]) }
    return true
  }

  deinit {
    unsafe tokens.deallocate()
    unsafe edges.deallocate()
    unsafe roots.deallocate()
    unsafe nodeTokens.deallocate()
  }

  @inline(__always)
  func token(_ number: UInt32) -> Token {
    // SAFETY: numbers come from this trie.
    unsafe tokens[Int(number)]
  }

  /// The longest token that `byteCount` bytes, one or more, begin with.
  @inline(__always)
  func longest(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) -> UInt32 {
    // SAFETY: places are below `byteCount`; nodes are those of the trie.
    var best = unsafe UInt32(bytes[0])
    if byteCount == 1 { return best }
    var node = unsafe roots[Int(bytes[0]) &<< 8 | Int(bytes[1])]
    if node == 0 { return best }
    var place = 2
    while true {
      let token = unsafe nodeTokens[Int(node)]
      if token != MergeTable.none { best = token }
      if place == byteCount { return best }
      node = unsafe below(node, bytes[place])
      if node == 0 { return best }
      place &+= 1
    }
  }

  /// The node under a node by a byte; 0 when there is none.
  @inline(__always)
  private func below(_ node: UInt32, _ byte: UInt8) -> UInt32 {
    let key = UInt64(node) &<< 8 | UInt64(byte)
    var place = Self.hash(key) & mask
    // SAFETY: `place` is masked to the capacity; there is always an empty place.
    while true {
      let entry = unsafe edges[place]
      if entry &>> 24 == key { return UInt32(truncatingIfNeeded: entry & 0xFF_FFFF) }
      if entry == Self.empty { return 0 }
      place = (place &+ 1) & mask
    }
  }

  private func insert(_ bytes: [UInt8], _ number: UInt32, _ nodeCount: inout UInt32) {
    var node = UInt32(bytes[0])
    for (index, byte) in bytes.enumerated().dropFirst() {
      var next = below(node, byte)
      if next == 0 {
        next = nodeCount
        nodeCount += 1
        let key = UInt64(node) << 8 | UInt64(byte)
        var place = Self.hash(key) & mask
        while unsafe edges[place] != Self.empty { place = (place + 1) & mask }
        unsafe edges[place] = key << 24 | UInt64(next)
      }
      if index == 1 { unsafe roots[Int(bytes[0]) << 8 | Int(byte)] = next }
      node = next
    }
    unsafe nodeTokens[Int(node)] = number
  }

  private func linkPrefix(_ bytes: [UInt8]) {
    var node = UInt32(bytes[0])
    var prefix = node
    for byte in bytes.dropFirst().dropLast() {
      node = below(node, byte)
      let token = unsafe nodeTokens[Int(node)]
      if token != MergeTable.none { prefix = token }
    }
    guard let last = bytes.last else { return }
    let number = unsafe nodeTokens[Int(below(node, last))]
    unsafe tokens[Int(number)].prefix = prefix
  }

  @inline(__always)
  private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 36)
  }
}
