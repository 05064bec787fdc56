/// What training minimises: Spark's logistic loss with an L2 penalty, over scaled features.
///
/// A point holds one coefficient a feature, its weight times the feature's scale, and last the intercept if one
/// is fitted. With an intercept, features are centred (virtually, so rows stay sparse): the intercept of
/// the point is then the margin of an average text, which conditions the problem far better.
///
///     1/W * sum of w_i * [ln(1 + e^-m_i) + (1 - y_i) * m_i]  +  1/2 * sum of l2_j * point_j^2
struct LogisticObjective {
  private let rows: SparseRows
  private let labels: [Double]
  private let rowWeights: [Double]
  private let weightSum: Double
  private let fitsIntercept: Bool
  private let inverseScales: [Double]
  /// Mean over scale; all zero when no intercept is fitted.
  private let scaledMeans: [Double]
  /// The penalty of each coefficient; the intercept has none.
  private let penalties: [Double]

  init(
    _ rows: SparseRows, labels: [Double], rowWeights: [Double], means: [Double],
    scales: [Double], penalties: [Double], fitsIntercept: Bool
  ) {
    self.rows = rows
    self.labels = labels
    self.rowWeights = rowWeights
    self.fitsIntercept = fitsIntercept
    self.penalties = penalties
    weightSum = rowWeights.reduce(0, +)
    inverseScales = scales.map { 1 / $0 }
    scaledMeans =
      fitsIntercept ? zip(means, scales).map { $0 / $1 } : means.map { _ in 0 }
  }

  var dimension: Int { rows.columnCount + (fitsIntercept ? 1 : 0) }

  /// The value at a point, and its gradient.
  func evaluate(_ point: [Double]) -> (value: Double, gradient: [Double]) {
    let columnCount = rows.columnCount
    var weights = [Double](repeating: 0, count: columnCount)
    for column in 0..<columnCount { weights[column] = point[column] * inverseScales[column] }
    var gradient = [Double](repeating: 0, count: columnCount)
    let sums = LogisticKernel.evaluate(
      rows, labels: labels, rowWeights: rowWeights, weights: weights, offset: offset(point),
      gradient: &gradient)
    var penalty = 0.0
    for column in 0..<columnCount {
      let raw = gradient[column] * inverseScales[column]
      let pull = penalties[column] * point[column]
      gradient[column] = (raw - sums.multiplier * scaledMeans[column]) / weightSum + pull
      penalty += pull * point[column]
    }
    if fitsIntercept { gradient.append(sums.multiplier / weightSum) }
    return (sums.loss / weightSum + penalty / 2, gradient)
  }

  /// The weights and the intercept, on unscaled features, that a point stands for.
  func weights(at point: [Double]) -> (weights: [Double], intercept: Double) {
    let weights = (0..<rows.columnCount).map { point[$0] * inverseScales[$0] }
    return (weights, offset(point))
  }

  /// The margin of an empty text.
  private func offset(_ point: [Double]) -> Double {
    guard fitsIntercept else { return 0 }
    var offset = point[rows.columnCount]
    for column in 0..<rows.columnCount { offset -= point[column] * scaledMeans[column] }
    return offset
  }
}
