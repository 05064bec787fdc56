internal import ByteKernels
internal import TextAnalysis

/// Fits weights to labelled rows: Spark ML's logistic regression, binary and multinomial.
enum LogisticRegression {
  struct Settings: Sendable {
    var regularization = 0.0
    /// The share of the penalty that is L1.
    var elasticNet = 0.0
    var standardization = true
    var fitsIntercept = true
    var maximumIterations = 100
    var tolerance = 1e-6
    /// Search as Spark does, in units of each feature's deviation and until nothing has changed for 20
    /// iterations.
    ///
    /// Otherwise the unit of a weight is its curvature, the penalty's included, at the start (Jacobi's
    /// preconditioner), so that rare features do not hold up frequent ones, and 5 iterations are enough.
    /// The optimum is the same.
    var searchesLikeSpark = true
    /// Features in fewer rows get no weight.
    var minimumRowCount = 1
    /// A row of weights for each label even when there are only two.
    var isMultinomial = false
    /// Multiplied with the weights of the label's rows; one a label, or none.
    var labelWeights: [Double] = []
    /// With a number, counts are multiplied with inverse document frequencies, those of features in fewer
    /// rows being 0.
    var inverseDocumentMinimum: Int?
    var earlyStopping: EarlyStopping?
  }

  /// The machine's part, which does not change the result.
  struct Resources: Sendable {
    var workerCount = 1
    var memoryByteCount = 1 << 30
    var progress: @Sendable (TrainingProgress) -> Void = { _ in }
  }

  struct Fit: Sendable {
    let weights: WeightMatrix
    /// One a column of the store; empty when the settings have none.
    let inverseDocumentFrequencies: [Double]
    /// That of features that no row has.
    let inverseDocumentFrequencyOfNone: Double
    /// The objective before the first iteration and after each.
    let objectives: [Double]
    let stop: QuasiNewton.Stop
  }

  /// Fits to the selected rows, starting from weights if there are any.
  static func fit(
    _ store: RowStore, _ selection: RowSelection, _ settings: Settings,
    start: WeightMatrix? = nil, _ resources: Resources
  ) async throws(QualityTrainingError) -> Fit {
    let selected = selection.weights(store, labelWeights: settings.labelWeights)
    let (weights, heldOut) =
      settings.earlyStopping?.parted(selected, labels: store.labels) ?? (selected, [])
    let labelSums = try labelSums(store, weights)
    let rowCount = store.labelCount == 2 && !settings.isMultinomial ? 1 : store.labelCount
    let statistics = try await ColumnStatistics(store, weights, settings, resources)
    let columns = statistics.columns
    let memory = TrainingMemory(
      activeCount: columns.numbers.count, columnCount: store.columnCount, rowCount: rowCount)
    let laneCount = try memory.laneCount(
      workerCount: resources.workerCount, memoryByteCount: resources.memoryByteCount,
      storeByteCount: store.memoryByteCount)
    let objective = LogisticObjective(
      store, weights: weights, rowCount: rowCount,
      lanes: (0..<laneCount).map { _ in PassLane(store, rowCount: rowCount) },
      columns: columns, fitsIntercept: settings.fitsIntercept)
    let intercepts =
      settings.fitsIntercept ? intercepts(labelSums, rowCount: rowCount) : []
    let first =
      try start.map { start throws(QualityTrainingError) in
        try self.start(start, objective, rowCount: rowCount)
      } ?? Array(repeating: 0, count: columns.numbers.count * rowCount) + intercepts
    let outcome = try await minimize(
      objective, from: first, absolutePenalties: statistics.absolutePenalties, rowCount: rowCount,
      heldOut: heldOut, settings, resources)
    return Fit(
      weights: matrix(objective, outcome.point, rowCount: rowCount, settings),
      inverseDocumentFrequencies: statistics.inverseDocumentFrequencies,
      inverseDocumentFrequencyOfNone: statistics.inverseDocumentFrequencyOfNone,
      objectives: outcome.values, stop: outcome.stop)
  }

  /// The weight of each label's rows; throws unless there is something to tell apart.
  private static func labelSums(
    _ store: RowStore, _ weights: [Double]
  ) throws(QualityTrainingError) -> [Double] {
    var sums = [Double](repeating: 0, count: store.labelCount)
    for (label, weight) in zip(store.labels, weights) { sums[Int(label)] += weight }
    if store.labelCount == 2 {
      if sums[1] == 0 { throw .noPositives }
      if sums[0] == 0 { throw .noNegatives }
    }
    if sums.count(where: { $0 > 0 }) < 2 { throw .oneLabel }
    return sums
  }

  /// The intercepts to start from: the best without features, and as Spark smooths them for many labels.
  private static func intercepts(_ labelSums: [Double], rowCount: Int) -> [Double] {
    if rowCount == 1 { return [ElementaryFunctions.logarithm(labelSums[1] / labelSums[0])] }
    let logarithms = labelSums.map { ElementaryFunctions.logarithm($0 + 1) }
    let mean = logarithms.reduce(0, +) / Double(rowCount)
    return logarithms.map { $0 - mean }
  }

  private static func start(
    _ start: WeightMatrix, _ objective: LogisticObjective, rowCount: Int
  ) throws(QualityTrainingError) -> [Double] {
    guard start.rowCount == rowCount else { throw .otherStart("labels") }
    let numbers = objective.columns.numbers
    var weights = [Double](repeating: 0, count: numbers.count * rowCount)
    var place = 0
    for (position, feature) in start.features.enumerated() {
      while place < numbers.count, numbers[place] < feature { place += 1 }
      guard place < numbers.count, numbers[place] == feature else { continue }
      for row in 0..<rowCount {
        weights[place * rowCount + row] = start.weights[position * rowCount + row]
      }
    }
    return objective.point(weights: weights, intercepts: start.intercepts)
  }

  private static func minimize(
    _ objective: LogisticObjective, from start: [Double], absolutePenalties: [Double],
    rowCount: Int, heldOut: [Double], _ settings: Settings, _ resources: Resources
  ) async throws(QualityTrainingError) -> QuasiNewton.Outcome {
    var penalties = absolutePenalties.flatMap { Array(repeating: $0, count: rowCount) }
    if !penalties.isEmpty, settings.fitsIntercept {
      penalties += Array(repeating: 0, count: rowCount)
    }
    var best = BestPoint()
    var iteration = 0
    let isWatched = heldOut.contains { $0 > 0 }
    let outcome = try await QuasiNewton(
      maximumIterations: settings.maximumIterations, tolerance: settings.tolerance,
      valueMemory: settings.searchesLikeSpark ? 20 : 5, absolutePenalties: penalties
    ) { (point) async throws(QualityTrainingError) in
      try await objective.evaluate(point)
    } goesOn: { (point, value) async throws(QualityTrainingError) in
      iteration += 1
      resources.progress(.iteration(iteration, objective: value))
      guard isWatched, let stopping = settings.earlyStopping else { return true }
      let loss = try await objective.loss(point, weights: heldOut)
      return best.add(point, loss: loss, patience: stopping.patience)
    }.minimize(from: start)
    return QuasiNewton.Outcome(
      point: best.point ?? outcome.point, values: outcome.values, stop: outcome.stop)
  }

  /// The weights that are not zero; without a penalty those of many labels centred, as Spark has them.
  private static func matrix(
    _ objective: LogisticObjective, _ point: [Double], rowCount: Int, _ settings: Settings
  ) -> WeightMatrix {
    var (weights, intercepts) = objective.weights(at: point)
    let numbers = objective.columns.numbers
    if rowCount > 1, settings.fitsIntercept {
      let mean = intercepts.reduce(0, +) / Double(rowCount)
      for row in 0..<rowCount { intercepts[row] -= mean }
    }
    var kept: [UInt32] = []
    var keptWeights: [Double] = []
    for column in numbers.indices {
      let places = column * rowCount..<(column + 1) * rowCount
      if rowCount > 1, settings.regularization == 0 {
        let mean = weights[places].reduce(0, +) / Double(rowCount)
        for place in places { weights[place] -= mean }
      }
      guard weights[places].contains(where: { $0 != 0 }) else { continue }
      kept.append(numbers[column])
      keptWeights += weights[places]
    }
    return WeightMatrix(
      rowCount: rowCount, features: kept, weights: keptWeights, intercepts: intercepts)
  }
}
