/// Labelled texts as packed features, on which models are trained and judged without the texts.
///
/// Fits with other penalties, folds or shares of the rows reuse the features.
package struct TrainingSet: Sendable {
  /// What the features were taken with, and what `fit` takes by default.
  package let settings: QualityTrainingSettings
  package let labels: [String]
  private let resources: TrainingResources
  private(set) var store: RowStore

  init(
    settings: QualityTrainingSettings, labels: [String], resources: TrainingResources,
    store: RowStore
  ) {
    self.settings = settings
    self.labels = labels
    self.resources = resources
    self.store = store
  }

  package var rowCount: Int { store.rowCount }

  /// The numbers of the rows a selection takes, ascending.
  package func rows(_ selection: RowSelection) -> [Int] {
    (0..<store.rowCount).filter { selection.contains(row: $0, fold: store.folds[$0]) }
  }

  /// The position of a row's label.
  package func label(row: Int) -> Int { Int(store.labels[row]) }

  /// How many texts a row stands for.
  package func weight(row: Int) -> Double { store.weights[row] }

  /// Sorts the rows under folds, one a row.
  package mutating func assign(folds: [UInt8]) {
    precondition(folds.count == rowCount, "one fold a row")
    store.folds = folds
  }

  /// Fits a model to the selected rows.
  ///
  /// Of `settings` those that say how features are taken must be the set's; nil takes the set's. With
  /// `start`, a model over the same features, the search begins there: the same optimum, sooner.
  package func fit(
    _ selection: RowSelection = .all, _ settings: QualityTrainingSettings? = nil,
    start: LinearModel? = nil
  ) async throws -> LinearModel {
    let settings = (settings ?? self.settings).resolved
    try settings.validate(labelCount: labels.count)
    precondition(
      settings.featureSettings == self.settings.featureSettings, "the features of the set")
    if let start, start.features != settings.featureSettings {
      throw QualityTrainingError.otherStart("features")
    }
    let weights = selection.weights(store)
    let regression = settings.regression(
      labelSums: labels.indices.map { label in
        zip(store.labels, weights).reduce(0) { $0 + (Int($1.0) == label ? $1.1 : 0) }
      })
    let columns = FeatureColumns(store, featureCount: settings.features)
    let fit = try await LogisticRegression.fit(
      store, selection, regression, start: start.map { columns.ofColumns($0.weights) },
      .init(
        workerCount: resources.workerCount, memoryByteCount: resources.usableByteCount,
        progress: resources.progress))
    return LinearModel(
      features: settings.featureSettings, labels: labels,
      weights: columns.ofFeatures(fit.weights),
      inverseDocumentFrequencies: columns.ofFeatures(
        fit.inverseDocumentFrequencies, missing: fit.inverseDocumentFrequencyOfNone),
      decision: settings.decision(labelCount: labels.count),
      training: record(fit, regression, weights))
  }

  /// The margins of the selected rows in their order; `model.weights.rowCount` numbers a row.
  ///
  /// Up to rounding what the model gives for the texts.
  package func margins(
    _ model: LinearModel, _ selection: RowSelection
  ) async throws(QualityTrainingError) -> [Double] {
    guard model.features == settings.featureSettings else { throw .otherStart("features") }
    let weights = (0..<rowCount).map {
      selection.contains(row: $0, fold: store.folds[$0]) ? 1.0 : 0
    }
    let matrix = columnWeights(model)
    // The weights, and the same times inverse document frequencies.
    let laneCount = try TrainingMemory(
      activeCount: matrix.features.count, columnCount: store.columnCount,
      rowCount: matrix.rowCount, vectorCount: 2
    ).laneCount(
      workerCount: resources.workerCount, memoryByteCount: resources.usableByteCount,
      storeByteCount: store.memoryByteCount)
    let point = PassLane.Point(
      columns: matrix.features, weights: matrix.weights, offsets: matrix.intercepts)
    let parts = RowParts(store, numbersPerPart: matrix.weights.count)
    var margins: [Double] = []
    try await parts.run(
      (0..<laneCount).map { _ in PassLane(store, rowCount: matrix.rowCount) }
    ) { lane, range in
      await lane.margins(range, weights: weights, at: point)
    } add: {
      margins += $0
    }
    return margins
  }

  /// A model's weights by column, inverse document frequencies multiplied in.
  private func columnWeights(_ model: LinearModel) -> WeightMatrix {
    let factors = model.inverseDocumentFrequencies
    let rowCount = model.weights.rowCount
    let scaled = model.weights.weights.enumerated().map { place, weight in
      factors.isEmpty ? weight : weight * factors[Int(model.weights.features[place / rowCount])]
    }
    return FeatureColumns(store, featureCount: settings.features).ofColumns(
      WeightMatrix(
        rowCount: rowCount, features: model.weights.features, weights: scaled,
        intercepts: model.weights.intercepts))
  }

  private func record(
    _ fit: LogisticRegression.Fit, _ regression: LogisticRegression.Settings, _ weights: [Double]
  ) -> TrainingRecord {
    var textCounts = labels.map { _ in 0 }
    for (label, weight) in zip(store.labels, weights) where weight > 0 {
      textCounts[Int(label)] += 1
    }
    return TrainingRecord(
      textCounts: textCounts, minimumDocumentFrequency: regression.minimumRowCount,
      regularization: regression.regularization, elasticNet: regression.elasticNet,
      standardization: regression.standardization, fitsIntercept: regression.fitsIntercept,
      maximumIterations: regression.maximumIterations, tolerance: regression.tolerance,
      iterationCount: fit.objectives.count - 1, objective: fit.objectives.last ?? 0,
      stop: fit.stop.rawValue)
  }
}
