/// Packs rows into blocks; one per worker, because it owns scratch space.
struct RowEncoder {
  private var columns: [UInt32] = []
  private var repeated: [UInt32] = []
  /// How much the counts of `repeated` are above 1.
  private var surpluses: [UInt32] = []
  private var words: [UInt64] = []

  /// Adds the row of the features in a set, which is left empty.
  ///
  /// `divisor` gives what its values are divided by, from the sum of the squared counts.
  mutating func encode(
    _ features: inout FeatureSet, into block: inout RowBlock,
    divisor: (_ sumOfSquares: Double) -> Double
  ) {
    var sumOfSquares = 0.0
    features.drain { feature, count in
      let column = UInt32(truncatingIfNeeded: feature)
      columns.append(column)
      sumOfSquares += Double(count) * Double(count)
      if count > 1 {
        repeated.append(column)
        surpluses.append(count - 1)
      }
    }
    append(divisor: divisor(sumOfSquares), to: &block)
    columns.removeAll(keepingCapacity: true)
    repeated.removeAll(keepingCapacity: true)
    surpluses.removeAll(keepingCapacity: true)
  }

  private mutating func append(divisor: Double, to block: inout RowBlock) {
    let limit = block.columnCount
    let width = ColumnList.bestWidth(columns.count, below: limit)
    let repeatedWidth = ColumnList.bestWidth(repeated.count, below: limit)
    let highest = surpluses.max() ?? 0
    let surplusWidth = highest < 1 << 8 ? 1 : highest < 1 << 16 ? 2 : 4
    let byteCount =
      RowBlock.headerByteCount
      + ColumnList.byteCount(columns.count, below: limit, width: width)
      + ColumnList.byteCount(repeated.count, below: limit, width: repeatedWidth)
      + surplusWidth * surpluses.count
    block.appendRow(columnCount: columns.count) { bytes in
      ColumnList.append(divisor.bitPattern, width: 8, to: &bytes)
      ColumnList.append(UInt64(byteCount), width: 4, to: &bytes)
      ColumnList.append(UInt64(columns.count), width: 4, to: &bytes)
      ColumnList.append(UInt64(repeated.count), width: 4, to: &bytes)
      bytes += [UInt8(width), UInt8(repeatedWidth), UInt8(surplusWidth), 0]
      ColumnList.append(columns, below: limit, width: width, words: &words, to: &bytes)
      ColumnList.append(repeated, below: limit, width: repeatedWidth, words: &words, to: &bytes)
      for surplus in surpluses {
        ColumnList.append(UInt64(surplus), width: surplusWidth, to: &bytes)
      }
    }
  }
}
