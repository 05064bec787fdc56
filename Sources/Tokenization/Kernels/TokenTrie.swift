internal import ByteKernels

/// Tokens by their bytes: the longest token a text begins with.
///
/// Only for vocabularies in which every token is made by one merge, and its own bytes lead to it. The
/// nodes are cells of a double array: the node below by a byte is the cell at the node's base plus the
/// byte, if that cell is of this byte. No two nodes have the same base.
@safe final class TokenTrie: Sendable {
  /// How long a token is, and the longest shorter token it begins with.
  struct Extent {
    var byteCount: UInt32
    var prefix: UInt32
  }

  nonisolated(unsafe) private let extents: UnsafeMutablePointer<Extent>
  /// The nodes of single bytes, which are no part of the double array.
  nonisolated(unsafe) private let roots: UnsafeMutablePointer<TrieCell>
  nonisolated(unsafe) private let cells: UnsafeMutablePointer<TrieCell>

  /// A trie of the tokens of a table that is in order, with one merge for each token; nil when two
  /// tokens have the same bytes.
  init?(_ table: MergeTable, _ vocabulary: Vocabulary) {
    let tokens = (256..<UInt32(table.tokenCount)).map { vocabulary.tokens[Int(table.id($0))] }
    var builder = TrieBuilder(tokens)
    guard builder.build() else { return nil }
    unsafe extents = TableMemory.allocate(
      repeating: Extent(byteCount: 1, prefix: MergeTable.none), count: 256 + tokens.count)
    unsafe roots = TableMemory.allocate(TrieCell.self, count: builder.roots.count)
    unsafe cells = TableMemory.allocate(TrieCell.self, count: builder.cells.count)
    for (index, token) in tokens.enumerated() {
      unsafe extents[256 + index] = Extent(
        byteCount: UInt32(token.count), prefix: builder.prefixes[index])
    }
    for (index, cell) in builder.roots.enumerated() { unsafe roots[index] = cell }
    for (index, cell) in builder.cells.enumerated() { unsafe cells[index] = cell }
  }

  deinit {
    unsafe extents.deallocate()
    unsafe roots.deallocate()
    unsafe cells.deallocate()
  }

  @inline(__always)
  func extent(_ number: UInt32) -> Extent {
    // SAFETY: numbers come from this trie.
    unsafe extents[Int(number)]
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
