/// Fits weights to labelled rows: Spark ML's binary logistic regression.
enum LogisticRegression {
  struct Settings {
    var regularization = 0.0
    /// The share of the penalty that is L1.
    var elasticNet = 0.0
    var standardization = true
    var fitsIntercept = true
    var maximumIterations = 100
    var tolerance = 1e-6
    /// Search in units of each feature's deviation, as Spark always does.
    ///
    /// The optimum is the same; the way there is shorter with it for raw counts, and without it for rows
    /// of one length.
    var scalesFeatures = true
    /// Features in fewer rows get no weight.
    var minimumRowCount = 1
  }

  struct Fit {
    /// The features with a weight, ascending, and their weights.
    let features: [UInt32]
    let weights: [Double]
    let intercept: Double
    /// The objective before the first iteration and after each.
    let objectives: [Double]
    let stop: QuasiNewton.Stop
  }

  /// Fits to rows with both labels among those whose weight is not zero.
  static func fit(
    _ rows: SparseRows, labels: [Double], rowWeights: [Double], _ settings: Settings
  ) -> Fit {
    let moments = ColumnMoments(rows, weights: rowWeights)
    let active = (0..<UInt32(rows.columnCount)).filter {
      moments.deviations[Int($0)] > 0 && moments.rowCounts[Int($0)] >= settings.minimumRowCount
    }
    let deviations = active.map { moments.deviations[Int($0)] }
    let scales = settings.scalesFeatures ? deviations : deviations.map { _ in 1 }
    // A weight's penalty as seen from its coefficient, which is the weight times the scale.
    let units = zip(deviations, scales).map { (settings.standardization ? $0 : 1) / $1 }
    let smooth = settings.regularization * (1 - settings.elasticNet)
    let absolute = settings.regularization * settings.elasticNet
    let objective = LogisticObjective(
      rows.keeping(active), labels: labels, rowWeights: rowWeights,
      means: active.map { moments.means[Int($0)] }, scales: scales,
      penalties: units.map { smooth * $0 * $0 },
      fitsIntercept: settings.fitsIntercept)
    var absolutePenalties: [Double] = []
    if absolute > 0 {
      absolutePenalties = units.map { absolute * $0 }
      if settings.fitsIntercept { absolutePenalties.append(0) }
    }
    var start = [Double](repeating: 0, count: objective.dimension)
    if settings.fitsIntercept { start[active.count] = logOdds(labels, rowWeights) }
    let outcome = QuasiNewton(
      maximumIterations: settings.maximumIterations, tolerance: settings.tolerance,
      absolutePenalties: absolutePenalties, evaluate: objective.evaluate
    ).minimize(from: start)
    let (weights, intercept) = objective.weights(at: outcome.point)
    let kept = weights.indices.filter { weights[$0] != 0 }
    return Fit(
      features: kept.map { active[$0] }, weights: kept.map { weights[$0] }, intercept: intercept,
      objectives: outcome.values, stop: outcome.stop)
  }

  /// The intercept that is best alone.
  private static func logOdds(_ labels: [Double], _ rowWeights: [Double]) -> Double {
    var positive = 0.0
    var all = 0.0
    for (label, weight) in zip(labels, rowWeights) {
      positive += label * weight
      all += weight
    }
    return ElementaryFunctions.logarithm(positive / (all - positive))
  }
}
