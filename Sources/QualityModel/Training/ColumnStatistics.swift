internal import ByteKernels

/// What the rows to train on say of each column, as training uses it.
struct ColumnStatistics: Sendable {
  /// Those that may get a weight.
  let columns: LogisticObjective.Columns
  /// L1 penalties of their coefficients; empty when there are none.
  let absolutePenalties: [Double]
  /// ln((rows + 1) / (rows with the column + 1)), one a column of the store; empty when not wanted.
  let inverseDocumentFrequencies: [Double]
  let inverseDocumentFrequencyOfNone: Double

  init(
    _ store: RowStore, _ weights: [Double], _ settings: LogisticRegression.Settings,
    _ resources: LogisticRegression.Resources
  ) async throws(QualityTrainingError) {
    let moments = try await Self.moments(store, weights, resources)
    let rowCount = weights.count { $0 > 0 }
    let minimum = settings.inverseDocumentMinimum
    inverseDocumentFrequencies =
      minimum.map { minimum in
        moments.rowCounts.map { Self.inverseDocumentFrequency($0, of: rowCount, minimum) }
      } ?? []
    inverseDocumentFrequencyOfNone =
      minimum.map { Self.inverseDocumentFrequency(0, of: rowCount, $0) } ?? 1
    let factors = inverseDocumentFrequencies
    let active = (0..<UInt32(store.columnCount)).filter {
      let column = Int($0)
      return moments.deviations[column] > 0 && (factors.isEmpty || factors[column] > 0)
        && moments.rowCounts[column] >= settings.minimumRowCount
    }
    let activeFactors = factors.isEmpty ? [] : active.map { factors[Int($0)] }
    func ofActive(_ numbers: [Double]) -> [Double] {
      let chosen = active.map { numbers[Int($0)] }
      return activeFactors.isEmpty ? chosen : zip(chosen, activeFactors).map { $0 * $1 }
    }
    let deviations = ofActive(moments.deviations)
    let smooth = settings.regularization * (1 - settings.elasticNet)
    let absolute = settings.regularization * settings.elasticNet
    let scales = Self.scales(deviations, smooth: smooth, settings)
    // A weight's penalty as seen from its coefficient, which is the weight times the scale.
    let units = zip(deviations, scales).map { (settings.standardization ? $0 : 1) / $1 }
    columns = LogisticObjective.Columns(
      numbers: active, factors: activeFactors, means: ofActive(moments.means), scales: scales,
      penalties: units.map { smooth * $0 * $0 })
    absolutePenalties = absolute > 0 ? units.map { absolute * $0 } : []
  }

  private static func moments(
    _ store: RowStore, _ weights: [Double], _ resources: LogisticRegression.Resources
  ) async throws(QualityTrainingError) -> ColumnMoments {
    // Three numbers a column in the worker, on the way, and in the sum.
    let laneByteCount = 3 * 20 * store.columnCount
    let left = resources.memoryByteCount - store.memoryByteCount
    let laneCount = max(1, min(resources.workerCount, left / laneByteCount))
    return try await ColumnMoments(
      store, weights: weights, lanes: (0..<laneCount).map { _ in MomentLane(store) })
  }

  /// What the coefficients of a column are measured in, one a column with the given deviation.
  private static func scales(
    _ deviations: [Double], smooth: Double, _ settings: LogisticRegression.Settings
  ) -> [Double] {
    if settings.searchesLikeSpark { return deviations }
    return deviations.map { deviation in
      let penalty = smooth * (settings.standardization ? deviation * deviation : 1)
      return (deviation * deviation / 4 + penalty).squareRoot()
    }
  }

  /// Spark's IDF.
  private static func inverseDocumentFrequency(
    _ count: UInt32, of rowCount: Int, _ minimum: Int
  ) -> Double {
    if count < minimum { return 0 }
    return ElementaryFunctions.logarithm(Double(rowCount + 1) / (Double(count) + 1))
  }
}
