internal import ByteKernels
internal import Documents
package import QualityModel

/// Judges a quality model by labelled documents.
package enum QualityJudging {
  package struct Report: Sendable {
    package let judgement: Judgement
    package let ledger: StageLedger
    package let failures: [Manifest.Failure]
  }

  private static let batchByteCount = 1 << 20

  /// Judges by the labels of the documents, for any number of workers alike.
  ///
  /// A label is one of the model's; where the model has no such label, 1 is the good one and 0 is not.
  /// A model of more than two labels is judged by all of them when the documents have no others.
  /// `threshold` is what a score must be above to be taken for good; nil is the model's own.
  @MainActor
  package static func run(
    _ inputs: LabelledInputs, reading: ReadingSettings, model: QualityModel, threshold: Double?,
    workerCount: Int, observer: any RunObserver
  ) async throws -> Report {
    var scored = try JudgedDocuments(model)
    let source = try LabelledSource(inputs, reading: reading, observer: observer)
    observer.stageBegan("evaluate", taskCount: 1, doneCount: 0)
    defer { observer.finished() }
    let lanes = (0..<max(1, workerCount)).map { _ in JudgingLane(model) }
    try await orderedPipeline(
      lanes: lanes,
      read: {
        let batch = try source.nextBatch(byteCount: batchByteCount)
        return batch.isEmpty
          ? nil
          : batch.map {
            JudgingLane.Item(text: $0.document.text, label: $0.label, source: $0.document.source)
          }
      },
      write: { scored.append($0) })
    return Report(
      judgement: try scored.judgement(threshold: threshold ?? model.threshold),
      ledger: source.ledger, failures: source.failures)
  }
}

/// Scores batches of labelled texts with a scorer of its own.
private actor JudgingLane: Lane {
  struct Item: Sendable {
    let text: [UInt8]
    let label: String
    let source: String
  }

  private let scorer: QualityScorer
  private let hasManyLabels: Bool

  init(_ model: QualityModel) {
    scorer = model.makeScorer()
    hasManyLabels = model.labels.count > 2
  }

  func transform(_ items: [Item]) -> [JudgedDocuments.Item] {
    items.map { item in
      if hasManyLabels {
        let (probabilities, predicted) = scorer.classify(item.text.span)
        return .init(
          label: item.label, source: item.source, probabilities: probabilities,
          predicted: predicted)
      }
      return .init(
        label: item.label, source: item.source, probabilities: [scorer.score(item.text.span)],
        predicted: nil)
    }
  }
}
