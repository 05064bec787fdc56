internal import ByteKernels

/// Tokens by their bytes: the longest token a text begins with, and how each token is made.
///
/// Only for vocabularies in which every token is made by one merge, and its own bytes lead to it. The
/// nodes are cells of a double array: the node below by a byte is the cell at the node's base plus the
/// byte, if that cell is of this byte. No two nodes have the same base.
@safe final class TokenTrie: Sendable {
  /// The two tokens that one is made of; a byte's halves are the byte itself.
  struct Halves {
    var left: UInt32
    var right: UInt32
  }

  /// How long a token is, and the longest shorter token it begins with.
  struct Extent {
    var byteCount: UInt32
    var prefix: UInt32
  }

  nonisolated(unsafe) private let tokenHalves: UnsafeMutablePointer<Halves>
  nonisolated(unsafe) private let extents: UnsafeMutablePointer<Extent>
  /// The nodes of single bytes, which are no part of the double array.
  nonisolated(unsafe) private let roots: UnsafeMutablePointer<TrieCell>
  nonisolated(unsafe) private let cells: UnsafeMutablePointer<TrieCell>

  /// A trie of the tokens of a table; nil when some token is not as it must be.
  init?(_ table: MergeTable, _ vocabulary: Vocabulary) {
    let merges = vocabulary.merges
    var numbers = [UInt32](repeating: MergeTable.none, count: vocabulary.tokens.count)
    for byte in 0..<UInt32(256) { numbers[Int(table.id(byte))] = byte }
    var halves = (0..<UInt32(256)).map { Halves(left: $0, right: $0) }
    halves.reserveCapacity(256 + merges.count)
    for (rank, merge) in merges.enumerated() {
      let (left, right) = (numbers[Int(merge.left)], numbers[Int(merge.right)])
      // A token made twice, or of tokens that come after it.
      if numbers[Int(merge.product)] != MergeTable.none || max(left, right) == MergeTable.none {
        return nil
      }
      numbers[Int(merge.product)] = UInt32(256 + rank)
      halves.append(Halves(left: left, right: right))
    }
    var builder = TrieBuilder(merges.map { vocabulary.tokens[Int($0.product)] })
    guard builder.build() else { return nil }
    unsafe tokenHalves = TableMemory.allocate(Halves.self, count: halves.count)
    unsafe extents = TableMemory.allocate(
      repeating: Extent(byteCount: 1, prefix: MergeTable.none), count: halves.count)
    unsafe roots = TableMemory.allocate(TrieCell.self, count: builder.roots.count)
    unsafe cells = TableMemory.allocate(TrieCell.self, count: builder.cells.count)
    for (index, token) in halves.enumerated() { unsafe tokenHalves[index] = token }
    for (index, merge) in merges.enumerated() {
      unsafe extents[256 + index] = Extent(
        byteCount: UInt32(vocabulary.tokens[Int(merge.product)].count),
        prefix: builder.prefixes[index])
    }
    for (index, cell) in builder.roots.enumerated() { unsafe roots[index] = cell }
    for (index, cell) in builder.cells.enumerated() { unsafe cells[index] = cell }
  }

  deinit {
    unsafe tokenHalves.deallocate()
    unsafe extents.deallocate()
    unsafe roots.deallocate()
    unsafe cells.deallocate()
  }

  @inline(__always)
  func halves(_ number: UInt32) -> Halves {
    // SAFETY: numbers come from this trie.
    unsafe tokenHalves[Int(number)]
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
