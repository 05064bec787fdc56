/// Mean, deviation and number of rows of every column, zeros included.
struct ColumnMoments: Sendable {
  private(set) var means: [Double]
  /// The sample standard deviation as Spark's Summarizer has it; 0 for a column that never varies.
  private(set) var deviations: [Double]
  /// In how many rows the column is not zero.
  private(set) var rowCounts: [UInt32]

  /// Of the rows whose weight, one a row of the store, is not 0; `lanes` share the work.
  init(_ store: RowStore, weights: [Double], lanes: [MomentLane]) async throws(QualityTrainingError)
  {
    let columnCount = store.columnCount
    let parts = RowParts(store, numbersPerPart: 3 * columnCount)
    var sums = [Double](repeating: 0, count: 2 * columnCount)
    var rowCounts = [UInt32](repeating: 0, count: columnCount)
    try await parts.run(lanes) { lane, range in
      await lane.sums(range, weights: weights)
    } add: { share in
      DenseVectors.add(1, share.sums, to: &sums)
      for column in rowCounts.indices { rowCounts[column] += share.rowCounts[column] }
    }
    let weightSum = weights.reduce(0, +)
    let means = (0..<columnCount).map { sums[2 * $0] / weightSum }
    var deviations = [Double](repeating: 0, count: columnCount)
    try await parts.run(lanes) { lane, range in
      await lane.squares(range, weights: weights, means: means)
    } add: { squares in
      DenseVectors.add(1, squares, to: &deviations)
    }
    let freedom = weightSum - weights.reduce(0) { $0 + $1 * $1 } / weightSum
    for column in 0..<columnCount {
      let square = means[column] * means[column]
      let absent = weightSum - sums[2 * column + 1]
      let sum = deviations[column] + max(0, absent) * square
      // A constant column leaves only what rounding its mean leaves.
      let varies = freedom > 0 && sum > 1e-20 * weightSum * square
      deviations[column] = varies ? (sum / freedom).squareRoot() : 0
    }
    self.means = means
    self.deviations = deviations
    self.rowCounts = rowCounts
  }
}

/// One worker that sums up columns.
actor MomentLane {
  struct Sums: Sendable {
    /// Weight times value, and weight, of each column.
    var sums: [Double]
    var rowCounts: [UInt32]
  }

  private let store: RowStore

  init(_ store: RowStore) {
    self.store = store
  }

  /// The sums over the rows in a range whose weight is not 0.
  func sums(_ range: Range<Int>, weights: [Double]) -> Result<Sums, QualityTrainingError> {
    var sums = Sums(
      sums: Array(repeating: 0, count: 2 * store.columnCount),
      rowCounts: Array(repeating: 0, count: store.columnCount))
    return PassLane.forEachBlock(store, range, weights) { block, targets in
      MomentKernel.addSums(block, targets, to: &sums.sums, rowCounts: &sums.rowCounts)
    }.map { sums }
  }

  /// The weighted squared distances from the means, of the rows in a range that have the column.
  func squares(
    _ range: Range<Int>, weights: [Double], means: [Double]
  ) -> Result<[Double], QualityTrainingError> {
    var squares = [Double](repeating: 0, count: store.columnCount)
    return PassLane.forEachBlock(store, range, weights) { block, targets in
      MomentKernel.addSquares(block, targets, means: means, to: &squares)
    }.map { squares }
  }
}
