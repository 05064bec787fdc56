internal import ByteKernels

/// Tokens by their bytes: the longest token a text begins with, and how each token is made.
///
/// Only for vocabularies in which every token is made by one merge, and its own bytes lead to it. The
/// nodes are cells of a double array: the node below by a byte is the cell at the node's base plus the
/// byte, if that cell is of this byte. No two nodes have the same base.
@safe final class TokenTrie: Sendable {
  /// The longest shorter token a token begins with, and the two it is made of.
  struct Token {
    var byteCount: UInt32
    var prefix: UInt32
    /// A byte's halves are the byte itself.
    var left: UInt32
    var right: UInt32
  }

  nonisolated(unsafe) private let tokens: UnsafeMutablePointer<Token>
  /// The nodes of single bytes, which are no part of the double array.
  nonisolated(unsafe) private let roots: UnsafeMutablePointer<TrieCell>
  nonisolated(unsafe) private let cells: UnsafeMutablePointer<TrieCell>

  /// A trie of the tokens of a table; nil when some token is not as it must be.
  init?(_ table: MergeTable, _ vocabulary: Vocabulary) {
    let merges = vocabulary.merges
    var numbers = [UInt32](repeating: MergeTable.none, count: vocabulary.tokens.count)
    for byte in 0..<UInt32(256) { numbers[Int(table.id(byte))] = byte }
    var found = (0..<UInt32(256)).map {
      Token(byteCount: 1, prefix: MergeTable.none, left: $0, right: $0)
    }
    found.reserveCapacity(256 + merges.count)
    for (rank, merge) in merges.enumerated() {
      let (left, right) = (numbers[Int(merge.left)], numbers[Int(merge.right)])
      // A token made twice, or of tokens that come after it.
      if numbers[Int(merge.product)] != MergeTable.none || max(left, right) == MergeTable.none {
        return nil
      }
      numbers[Int(merge.product)] = UInt32(256 + rank)
      let byteCount = UInt32(vocabulary.tokens[Int(merge.product)].count)
      found.append(
        Token(byteCount: byteCount, prefix: MergeTable.none, left: left, right: right))
    }
    var builder = TrieBuilder(merges.map { vocabulary.tokens[Int($0.product)] })
    guard builder.build() else { return nil }
    for (index, prefix) in builder.prefixes.enumerated() { found[256 + index].prefix = prefix }
    unsafe tokens = TableMemory.allocate(Token.self, count: found.count)
    unsafe roots = TableMemory.allocate(TrieCell.self, count: builder.roots.count)
    unsafe cells = TableMemory.allocate(TrieCell.self, count: builder.cells.count)
    for (index, token) in found.enumerated() { unsafe tokens[index] = token }
    for (index, cell) in builder.roots.enumerated() { unsafe roots[index] = cell }
    for (index, cell) in builder.cells.enumerated() { unsafe cells[index] = cell }
  }

  deinit {
    unsafe tokens.deallocate()
    unsafe roots.deallocate()
    unsafe cells.deallocate()
  }

  @inline(__always)
  func token(_ number: UInt32) -> Token {
    // SAFETY: numbers come from this trie.
    unsafe tokens[Int(number)]
  }

  /// The longest token that `byteCount` bytes, one or more, begin with, and how long it is.
  @inline(__always)
  func longest(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int
  ) -> (token: UInt32, byteCount: Int) {
    // SAFETY: places are below `byteCount`; 256 cells lie behind every base.
    var best = unsafe (UInt32(bytes[0]), 1)
    var cell = unsafe roots[Int(bytes[0])]
    var place = 1
    while place < byteCount {
      let byte = unsafe bytes[place]
      cell = unsafe cells[cell.base &+ Int(byte)]
      if !cell.isOf(byte) { break }
      place &+= 1
      if cell.hasToken { best = (cell.token, place) }
    }
    return best
  }
}

/// A node: the byte that leads to it, where the nodes below begin, and the token that ends there.
struct TrieCell {
  private static let baseShift: UInt64 = 9
  private static let tokenShift: UInt64 = 37
  private static let occupied: UInt64 = 0x100

  /// From the lowest bit: 8 bits of byte, 1 of being a node at all, 28 of base, 22 of token plus one.
  private var bits: UInt64

  static let empty = TrieCell(bits: 0)
  /// Bases are below this.
  static let maximumBase = 1 << 28

  private init(bits: UInt64) {
    self.bits = bits
  }

  init(_ byte: UInt8, token: UInt32?) {
    bits = UInt64(byte) | Self.occupied
    if let token { bits |= (UInt64(token) + 1) << Self.tokenShift }
  }

  @inline(__always)
  func isOf(_ byte: UInt8) -> Bool { bits & 0x1FF == UInt64(byte) | Self.occupied }

  /// 0, behind which no cell is occupied, when there are no nodes below.
  var base: Int {
    @inline(__always)
    get { Int(truncatingIfNeeded: (bits &>> Self.baseShift) & UInt64(Self.maximumBase &- 1)) }
    set { bits |= UInt64(newValue) << Self.baseShift }
  }

  @inline(__always)
  var hasToken: Bool { bits &>> Self.tokenShift != 0 }

  @inline(__always)
  var token: UInt32 { UInt32(truncatingIfNeeded: (bits &>> Self.tokenShift) &- 1) }
}
