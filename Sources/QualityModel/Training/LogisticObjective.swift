/// What training minimises: Spark's logistic loss with an L2 penalty, over scaled features.
///
/// A point holds for each column its coefficients, one a row of weights: the weight times the column's
/// scale; and last the intercepts if they are fitted. With intercepts, features are centred (virtually, so
/// rows stay sparse): an intercept of the point is then the margin of an average text, which conditions
/// the problem far better. With one row of weights:
///
///     1/W * sum of w_i * [ln(1 + e^-m_i) + (1 - y_i) * m_i]  +  1/2 * sum of l2_j * point_j^2
///
/// with more, y_i being the number of the label and m_ik the margin of row k:
///
///     1/W * sum of w_i * [ln(sum over k of e^m_ik) - m_i(y_i)]  +  1/2 * sum of l2_j * point_jk^2
struct LogisticObjective: Sendable {
  /// What is known of the columns that may get a weight.
  struct Columns: Sendable {
    /// Of the store, ascending.
    var numbers: [UInt32]
    /// What counts over divisors are multiplied with, one a column; empty when they stand as they are.
    var factors: [Double]
    /// Of the multiplied values.
    var means: [Double]
    /// What the search takes as the unit of each column.
    var scales: [Double]
    /// Of the squared coefficients.
    var penalties: [Double]
  }

  let columns: Columns
  let fitsIntercept: Bool
  private let rowCount: Int
  private let lanes: [PassLane]
  private let parts: RowParts
  private let weights: [Double]
  private let weightSum: Double
  /// From a coefficient to the weight of counts over divisors.
  private let units: [Double]
  /// Mean over scale.
  private let scaledMeans: [Double]

  /// `weights`, one a row of the store, are 0 for rows to leave out.
  init(
    _ store: RowStore, weights: [Double], rowCount: Int, lanes: [PassLane], columns: Columns,
    fitsIntercept: Bool
  ) {
    self.columns = columns
    self.fitsIntercept = fitsIntercept
    self.rowCount = rowCount
    self.lanes = lanes
    self.weights = weights
    parts = RowParts(store, numbersPerPart: columns.numbers.count * rowCount)
    weightSum = weights.reduce(0, +)
    units =
      columns.factors.isEmpty
      ? columns.scales.map { 1 / $0 } : zip(columns.factors, columns.scales).map { $0 / $1 }
    scaledMeans = zip(columns.means, columns.scales).map { $0 / $1 }
  }

  var dimension: Int { (columns.numbers.count + (fitsIntercept ? 1 : 0)) * rowCount }

  /// The value at a point, and its gradient.
  func evaluate(
    _ point: [Double]
  ) async throws(QualityTrainingError) -> (value: Double, gradient: [Double]) {
    let coefficientCount = columns.numbers.count * rowCount
    var gradient = [Double](repeating: 0, count: coefficientCount)
    let sums = try await pass(point, weights) { DenseVectors.add(1, $0, to: &gradient) }
    let multipliers = fitsIntercept ? sums.multipliers : sums.multipliers.map { _ in 0 }
    var penalty = 0.0
    for column in columns.numbers.indices {
      for row in 0..<rowCount {
        let place = column * rowCount + row
        let pull = columns.penalties[column] * point[place]
        let raw = gradient[place] * units[column] - multipliers[row] * scaledMeans[column]
        gradient[place] = raw / weightSum + pull
        penalty += pull * point[place]
      }
    }
    if fitsIntercept { gradient += multipliers.map { $0 / weightSum } }
    return (sums.loss / weightSum + penalty / 2, gradient)
  }

  /// The mean loss of rows with these weights instead, without a penalty.
  func loss(_ point: [Double], weights: [Double]) async throws(QualityTrainingError) -> Double {
    let sums = try await pass(point, weights) { _ in }
    return sums.loss / weights.reduce(0, +)
  }

  /// The weights, on multiplied values, and the intercepts that a point stands for.
  func weights(at point: [Double]) -> (weights: [Double], intercepts: [Double]) {
    let weights = (0..<columns.numbers.count * rowCount).map {
      point[$0] / columns.scales[$0 / rowCount]
    }
    return (weights, offsets(point))
  }

  /// The point of weights, in the order of the columns, and intercepts: the inverse of `weights`.
  func point(weights: [Double], intercepts: [Double]) -> [Double] {
    var point = weights.indices.map { weights[$0] * columns.scales[$0 / rowCount] }
    if fitsIntercept {
      for row in 0..<rowCount { point.append(intercepts[row] + meanMargin(point, row)) }
    }
    return point
  }

  private func pass(
    _ point: [Double], _ weights: [Double], addGradient: ([Double]) -> Void
  ) async throws(QualityTrainingError) -> LogisticKernel.Sums {
    let place = PassLane.Point(
      columns: columns.numbers,
      weights: (0..<columns.numbers.count * rowCount).map { point[$0] * units[$0 / rowCount] },
      offsets: offsets(point))
    var sums = LogisticKernel.Sums(multipliers: Array(repeating: 0, count: rowCount))
    try await parts.run(lanes) { lane, range in
      await lane.share(range, weights: weights, at: place)
    } add: { share in
      sums.loss += share.sums.loss
      for row in 0..<rowCount { sums.multipliers[row] += share.sums.multipliers[row] }
      addGradient(share.gradient)
    }
    return sums
  }

  /// The margins of an empty text.
  private func offsets(_ point: [Double]) -> [Double] {
    (0..<rowCount).map { row in
      guard fitsIntercept else { return 0 }
      return point[columns.numbers.count * rowCount + row] - meanMargin(point, row)
    }
  }

  /// What the means of the columns add to a margin.
  private func meanMargin(_ point: [Double], _ row: Int) -> Double {
    var sum = 0.0
    for column in columns.numbers.indices {
      sum += point[column * rowCount + row] * scaledMeans[column]
    }
    return sum
  }
}
