/// Goes through the packed rows of a block, unpacking one at a time.
///
/// Valid only inside `forEach`; a row's columns are overwritten by the next row's.
@safe
struct RowCursor {
  /// The row's place in the block.
  private(set) var index = 0
  /// What the row's values are divided by.
  private(set) var divisor = 1.0
  /// Columns of the row, and of those with a count above 1.
  private(set) var count = 0
  private(set) var repeatedCount = 0
  let columns: UnsafeMutablePointer<UInt32>
  let repeated: UnsafeMutablePointer<UInt32>
  /// How much the counts of the repeated columns are above 1.
  let surpluses: UnsafeMutablePointer<UInt32>

  private let limit: Int
  private var place: UnsafeRawPointer

  /// Calls `body` for the rows of a range, in order, for which `isWanted` is true.
  static func forEach(
    _ block: RowBlock, _ rows: Range<Int>, isWanted: (_ index: Int) -> Bool,
    _ body: (RowCursor) -> Void
  ) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= block.rowCount, "rows of the block")
    let longest = max(1, block.longestRow)
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 3 * longest) { space in
      unsafe block.bytes.withUnsafeBytes { bytes in
        guard let start = bytes.baseAddress, let columns = space.baseAddress else { return }
        // SAFETY: a row has at most `longestRow` columns, of which at most all are repeated; blocks are
        // written by `RowEncoder` alone, and what was on disk has been held against its checksum.
        var cursor = unsafe RowCursor(
          columns: columns, repeated: columns + longest, surpluses: columns + 2 * longest,
          limit: block.columnCount, place: start)
        while cursor.index < rows.upperBound {
          if cursor.index >= rows.lowerBound, isWanted(cursor.index) {
            cursor.unpack()
            body(cursor)
          }
          cursor.advance()
        }
      }
    }
  }

  /// Puts the row's features into a set, each under its column's rank.
  func add(to features: inout FeatureSet, ranks: [UInt32]) {
    features.fill { sink in
      for index in 0..<count {
        // SAFETY: the list has `count` columns.
        sink.add(feature: unsafe Int(ranks[Int(columns[index])]), times: 1)
      }
      for index in 0..<repeatedCount {
        // SAFETY: both lists have `repeatedCount` numbers.
        let surplus = unsafe surpluses[index]
        sink.add(feature: unsafe Int(ranks[Int(repeated[index])]), times: surplus)
      }
    }
  }

  @inline(__always)
  private mutating func advance() {
    // SAFETY: the row's header is inside the block, and its length leads to the next row or the end.
    unsafe place += Int(place.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
    index &+= 1
  }

  private mutating func unpack() {
    // SAFETY: the layout of `RowBlock`; the lists lie inside the row.
    unsafe divisor = place.loadUnaligned(as: Double.self)
    count = unsafe Int(place.loadUnaligned(fromByteOffset: 12, as: UInt32.self))
    repeatedCount = unsafe Int(place.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
    var list = unsafe place + RowBlock.headerByteCount
    unsafe list = unpack(
      list, count, width: place.load(fromByteOffset: 20, as: UInt8.self), columns)
    if repeatedCount == 0 { return }
    unsafe list = unpack(
      list, repeatedCount, width: place.load(fromByteOffset: 21, as: UInt8.self), repeated)
    switch unsafe place.load(fromByteOffset: 22, as: UInt8.self) {
    case 1: unsafe widen(list, UInt8.self)
    case 2: unsafe widen(list, UInt16.self)
    default: unsafe widen(list, UInt32.self)
    }
  }

  @inline(__always)
  private func widen<Number: FixedWidthInteger>(_ list: UnsafeRawPointer, _: Number.Type) {
    for position in 0..<repeatedCount {
      // SAFETY: the list has `repeatedCount` numbers of this width.
      unsafe surpluses[position] = UInt32(
        truncatingIfNeeded: list.loadUnaligned(
          fromByteOffset: position &* MemoryLayout<Number>.size, as: Number.self))
    }
  }

  /// Unpacks a list of columns and returns where it ends.
  private func unpack(
    _ list: UnsafeRawPointer, _ count: Int, width: UInt8, _ target: UnsafeMutablePointer<UInt32>
  ) -> UnsafeRawPointer {
    let wordCount = ColumnList.wordCount(count, below: limit, width: Int(width))
    let lows = unsafe list + 8 &* wordCount
    switch width {
    case 1: unsafe Self.unpack(list, wordCount, lows, UInt8.self, target)
    case 2: unsafe Self.unpack(list, wordCount, lows, UInt16.self, target)
    default: unsafe Self.unpack(list, wordCount, lows, UInt32.self, target)
    }
    return unsafe lows + Int(width) &* count
  }

  @inline(__always)
  private static func unpack<Low: FixedWidthInteger & UnsignedInteger>(
    _ words: UnsafeRawPointer, _ wordCount: Int, _ lows: UnsafeRawPointer, _: Low.Type,
    _ target: UnsafeMutablePointer<UInt32>
  ) {
    var position = 0
    for word in 0..<wordCount {
      // SAFETY: the bitmap has `wordCount` words and one bit a column, each with a low part.
      var bits = unsafe words.loadUnaligned(fromByteOffset: 8 &* word, as: UInt64.self)
      var high = 64 &* word &- position
      while bits != 0 {
        let low = unsafe lows.loadUnaligned(
          fromByteOffset: position &* MemoryLayout<Low>.size, as: Low.self)
        let upper = UInt64(truncatingIfNeeded: high &+ bits.trailingZeroBitCount)
        let column = upper &<< UInt64(Low.bitWidth) | UInt64(low)
        unsafe target[position] = UInt32(truncatingIfNeeded: column)
        bits &= bits &- 1
        position &+= 1
        high &-= 1
      }
    }
  }
}
