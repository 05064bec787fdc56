/// Mean, deviation and number of texts of every feature, zeros included.
struct ColumnMoments: Sendable {
  private(set) var means: [Double]
  /// The sample standard deviation as Spark's Summarizer has it; 0 for a feature that never varies.
  private(set) var deviations: [Double]
  /// In how many rows the feature is not zero.
  private(set) var rowCounts: [Int]

  init(_ rows: SparseRows, weights: [Double]) {
    let weightSum = weights.reduce(0, +)
    let squareSum = weights.reduce(0) { $0 + $1 * $1 }
    means = Array(repeating: 0, count: rows.columnCount)
    deviations = Array(repeating: 0, count: rows.columnCount)
    rowCounts = Array(repeating: 0, count: rows.columnCount)
    var presentWeights = [Double](repeating: 0, count: rows.columnCount)
    for row in 0..<rows.rowCount {
      for entry in rows.starts[row]..<rows.starts[row + 1] {
        let column = Int(rows.columns[entry])
        means[column] += weights[row] * rows.value(entry, row: row)
        presentWeights[column] += weights[row]
        rowCounts[column] += 1
      }
    }
    for column in means.indices { means[column] /= weightSum }
    for row in 0..<rows.rowCount {
      for entry in rows.starts[row]..<rows.starts[row + 1] {
        let column = Int(rows.columns[entry])
        let distance = rows.value(entry, row: row) - means[column]
        deviations[column] += weights[row] * distance * distance
      }
    }
    let freedom = weightSum - squareSum / weightSum
    for column in means.indices {
      let square = means[column] * means[column]
      let absent = weightSum - presentWeights[column]
      let sum = deviations[column] + max(0, absent) * square
      // A constant feature leaves only what rounding its mean leaves.
      let varies = freedom > 0 && sum > 1e-20 * weightSum * square
      deviations[column] = varies ? (sum / freedom).squareRoot() : 0
    }
  }
}
