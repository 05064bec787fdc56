internal import ByteKernels
internal import Documents
package import QualityModel
internal import TextAnalysis

/// Trains a quality model on files of good and of bad documents.
package enum QualityTraining {
  package struct Report: Sendable {
    package let positiveCount: Int
    package let negativeCount: Int
    package let weightCount: Int
    package let ledger: StageLedger
    package let failures: [Manifest.Failure]
  }

  private static let batchByteCount = 1 << 20

  /// Writes the model into `folder`; equal input and settings give equal bytes for any number of workers
  /// and any memory.
  @MainActor
  package static func run(
    positive: [String], negative: [String], reading: ReadingSettings,
    settings: QualityTrainingSettings, to folder: String, workerCount: Int, memoryByteCount: Int,
    observer: any RunObserver
  ) async throws -> Report {
    try FileSystem.makeFolder(folder)
    let resources = TrainingResources(
      workerCount: workerCount, memoryByteCount: memoryByteCount, spillPrefix: "\(folder)/rows")
    var trainer: QualityTrainer
    do throws(SettingsError) {
      trainer = try QualityTrainer(settings, resources)
    } catch {
      throw PipelineError(option: error)
    }
    observer.stageBegan("features", taskCount: 1, doneCount: 0)
    defer { observer.finished() }
    let lanes = (0..<max(1, workerCount)).map { _ in ExtractingLane(trainer.makeExtractor()) }
    var ledger = StageLedger()
    var failures: [Manifest.Failure] = []
    for (label, patterns) in [(1, positive), (0, negative)] {
      let source = try DocumentSource(patterns, reading: reading, observer: observer)
      try await orderedPipeline(
        lanes: lanes, read: { nextBatch(of: source, label: label, observer) },
        write: { try trainer.append($0) })
      ledger += source.ledger
      failures += source.failures
    }
    let textCounts = trainer.textCounts
    let model = try await trainer.finish().fit()
    _ = try model.write(to: folder)
    return Report(
      positiveCount: textCounts[1], negativeCount: textCounts[0],
      weightCount: model.weights.features.count, ledger: ledger, failures: failures)
  }

  private static func nextBatch(
    of source: DocumentSource, label: Int, _ observer: any RunObserver
  ) -> [LabelledText]? {
    var texts: [LabelledText] = []
    var byteCount = 0
    while byteCount < batchByteCount, let document = source.next() {
      byteCount += document.text.count
      texts.append(LabelledText(text: document.text, label: label))
    }
    observer.advanced(byteCount: byteCount)
    return texts.isEmpty ? nil : texts
  }
}

/// Takes the features of batches with an extractor of its own.
private actor ExtractingLane: Lane {
  private var extractor: RowExtractor

  init(_ extractor: RowExtractor) {
    self.extractor = extractor
  }

  func transform(_ texts: [LabelledText]) -> RowBatch {
    extractor.extract(texts)
  }
}
