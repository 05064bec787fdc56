package import TextAnalysis

/// Takes in labelled texts and trains models on them; texts are let go as soon as their features are taken.
///
/// A model is a function of the texts, their order and the settings.
package struct QualityTrainer {
  private let settings: QualityTrainingSettings
  private let labels: [String]
  private let resources: TrainingResources
  private var extractor: RowExtractor
  private var collector: RowCollector
  private var batch: RowBatch
  /// For rows in memory.
  private let storeByteCount: Int
  /// Workers that put the columns in order.
  private let orderingLaneCount: Int
  /// Texts with a weight above zero, one number a label.
  package private(set) var textCounts: [Int]

  /// Rows added one by one are collected to batches of so many bytes.
  private static let batchByteCount = 1 << 20

  /// `labels` are the names of the labels: of two, the second is the good one.
  package init(
    _ settings: QualityTrainingSettings, labels: [String] = ["0", "1"],
    _ resources: TrainingResources
  ) throws(SettingsError) {
    try settings.validate(labelCount: labels.count)
    self.settings = settings.resolved
    self.labels = labels
    self.resources = resources
    textCounts = labels.map { _ in 0 }
    let columnCount = settings.featureSettings.featureCount
    let atMost = TrainingMemory(
      activeCount: columnCount, columnCount: columnCount,
      rowCount: self.settings.rowCount(labelCount: labels.count))
    // What vectors and tables over all features would leave; an eighth at least, since many may not occur.
    let usable = resources.usableByteCount
    let share = usable - atMost.vectorByteCount - resources.workerCount * atMost.laneByteCount
    storeByteCount = max(usable / 8, share)
    orderingLaneCount = try Self.orderingLaneCount(
      columnCount: columnCount, resources, memoryByteCount: usable - storeByteCount)
    extractor = RowExtractor(FeatureExtractor(settings.featureSettings))
    batch = extractor.makeBatch()
    collector = RowCollector(
      columnCount: columnCount, labelCount: labels.count, memoryByteCount: storeByteCount,
      spillPrefix: resources.spillPrefix)
  }

  /// As many workers as there is memory for; throws where it does not do for one.
  private static func orderingLaneCount(
    columnCount: Int, _ resources: TrainingResources, memoryByteCount: Int
  ) throws(SettingsError) -> Int {
    let needed = TrainingMemory.orderingByteCount(columnCount: columnCount, laneCount: 1)
    guard needed <= memoryByteCount else {
      throw SettingsError(
        setting: "features",
        message: "Must be fewer for the memory: to count the texts of \(columnCount) features takes"
          + " \((needed + 999_999) / 1_000_000) MB beside the texts, and there are"
          + " \(memoryByteCount / 1_000_000) MB; or give more with --memory.")
    }
    let lane = TrainingMemory.orderingByteCount(columnCount: columnCount, laneCount: 0)
    return max(1, min(resources.workerCount, memoryByteCount / lane - 1))
  }

  /// What a worker extracts batches with.
  package func makeExtractor() -> RowExtractor {
    RowExtractor(FeatureExtractor(settings.featureSettings))
  }

  /// Adds extracted texts; the order of batches is the order of the rows.
  package mutating func append(_ batch: RowBatch) throws(QualityTrainingError) {
    for (label, weight) in zip(batch.labels, batch.weights) where weight > 0 {
      textCounts[Int(label)] += 1
    }
    try collector.append(
      batch.block, labels: batch.labels, weights: batch.weights, folds: batch.folds)
    resources.progress(.rows(collector.labels.count))
  }

  /// Adds a text, UTF-8, with the label at a position, that stands for `weight` texts.
  package mutating func add(
    _ text: Span<UInt8>, label: Int, weight: Double = 1, fold: UInt8 = 0
  ) throws(QualityTrainingError) {
    precondition(label < labels.count, "a label of the model")
    extractor.add(text, label: label, weight: weight, fold: fold, to: &batch)
    if batch.byteCount >= Self.batchByteCount { try flush() }
  }

  /// The texts added so far, to train on once or many times; the trainer is used up.
  package consuming func finish() async throws(QualityTrainingError) -> TrainingSet {
    try flush()
    let store = try await ColumnOrder.ordered(
      try collector.finish(), workerCount: orderingLaneCount,
      memoryByteCount: storeByteCount, spillPrefix: resources.spillPrefix)
    return TrainingSet(settings: settings, labels: labels, resources: resources, store: store)
  }

  /// Trains on texts that are all at hand.
  package static func train(
    _ texts: [LabelledText], _ settings: QualityTrainingSettings, labels: [String] = ["0", "1"],
    _ resources: TrainingResources
  ) async throws -> LinearModel {
    var trainer = try QualityTrainer(settings, labels: labels, resources)
    for text in texts {
      try trainer.add(text.text.span, label: text.label, weight: text.weight, fold: text.fold)
    }
    return try await trainer.finish().fit()
  }

  private mutating func flush() throws(QualityTrainingError) {
    let full = batch
    batch = extractor.makeBatch()
    try append(full)
  }
}
