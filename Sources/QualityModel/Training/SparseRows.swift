/// The training texts as rows of features, most of which are zero.
///
/// Entry `e` of row `r` has the value `counts[e] / divisors[r]`, or `1 / divisors[r]` when there are no counts.
struct SparseRows: Sendable {
  /// Row `r` has the entries `starts[r] ..< starts[r + 1]`.
  private(set) var starts: [Int] = [0]
  /// Ascending within a row.
  private(set) var columns: [UInt32] = []
  /// Empty when every entry counts 1.
  private(set) var counts: [Float] = []
  private(set) var divisors: [Double] = []
  private(set) var columnCount: Int

  var rowCount: Int { divisors.count }

  init(columnCount: Int) {
    self.columnCount = columnCount
  }

  /// Adds the text whose features are in `scratch`, and empties it.
  mutating func append(_ extractor: FeatureExtractor, _ scratch: inout FeatureScratch) {
    let keepsCounts = scratch.features.keepsCounts
    var sumOfSquares = 0.0
    scratch.features.drain { feature, count in
      columns.append(UInt32(truncatingIfNeeded: feature))
      if keepsCounts { counts.append(Float(count)) }
      sumOfSquares += Double(count) * Double(count)
    }
    starts.append(columns.count)
    divisors.append(extractor.divisor(sumOfSquares: sumOfSquares))
  }

  @inline(__always)
  func value(_ entry: Int, row: Int) -> Double {
    (counts.isEmpty ? 1 : Double(counts[entry])) / divisors[row]
  }

  /// The same rows with the listed columns only, numbered anew in their order; `kept` ascends.
  func keeping(_ kept: [UInt32]) -> SparseRows {
    var positions = [UInt32](repeating: .max, count: columnCount)
    for (position, column) in kept.enumerated() { positions[Int(column)] = UInt32(position) }
    var rows = SparseRows(columnCount: kept.count)
    rows.divisors = divisors
    rows.starts.reserveCapacity(starts.count)
    for row in 0..<rowCount {
      for entry in starts[row]..<starts[row + 1] {
        let position = positions[Int(columns[entry])]
        if position == .max { continue }
        rows.columns.append(position)
        if !counts.isEmpty { rows.counts.append(counts[entry]) }
      }
      rows.starts.append(rows.columns.count)
    }
    return rows
  }
}
