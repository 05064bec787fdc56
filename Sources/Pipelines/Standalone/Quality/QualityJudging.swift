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
  /// A label is one of the model's, or 1 for the one that the score speaks for and 0 for the others.
  /// A model of more than two labels is judged by all of them when the documents have them.
  /// `threshold` is what a score must be above to be taken for good; nil is the model's own.
  @MainActor
  package static func run(
    _ inputs: LabelledInputs, reading: ReadingSettings, model: QualityModel, threshold: Double?,
    workerCount: Int, observer: any RunObserver
  ) async throws -> Report {
    let source = try LabelledSource(inputs, reading: reading, observer: observer)
    observer.stageBegan("evaluate", taskCount: 1, doneCount: 0)
    defer { observer.finished() }
    var scored = JudgedDocuments(model)
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
      let probabilities = hasManyLabels ? scorer.probabilities(item.text.span) : []
      return .init(
        label: item.label, source: item.source,
        score: hasManyLabels
          ? probabilities[scorer.model.scoredLabel] : scorer.score(item.text.span),
        probabilities: probabilities)
    }
  }
}

/// Scores with their labels, gathered until it is known which labels there are.
private struct JudgedDocuments {
  struct Item: Sendable {
    let label: String
    let source: String
    let score: Double
    /// Of all labels; empty for a model of two.
    let probabilities: [Double]
  }

  private let model: QualityModel
  private var items: [Item] = []

  init(_ model: QualityModel) {
    self.model = model
  }

  mutating func append(_ more: [Item]) {
    items += more
  }

  func judgement(threshold: Double) throws -> Judgement {
    let labels = model.labels
    if labels.count > 2, items.allSatisfy({ labels.contains($0.label) }), !items.isEmpty {
      return try multiclass()
    }
    guard model.isScoredLabelPlain else {
      throw PipelineError(
        file: "--label",
        message:
          "the labels of the documents are not those of the model; name the one of its labels "
          + "that means good: \(labels.joined(separator: ", "))")
    }
    var scored = ScoredDocuments()
    for item in items {
      let isPositive: Bool
      switch item.label {
      case labels[model.scoredLabel], "1": isPositive = true
      case "0": isPositive = false
      case let label where labels.contains(label): isPositive = false
      default:
        throw PipelineError(
          file: item.source,
          message:
            "has the label '\(item.label)'; the model knows \(labels.joined(separator: ", "))"
            + " and 0 and 1")
      }
      try scored.add(score: item.score, isPositive: isPositive, source: item.source)
    }
    return .binary(QualityReport(scored, threshold: threshold))
  }

  private func multiclass() throws -> Judgement {
    var scores = try MulticlassScores(classNames: model.labels)
    for item in items {
      guard let position = model.labels.firstIndex(of: item.label) else { continue }
      try scores.add(
        probabilities: item.probabilities, class: position,
        predicted: model.decide(probabilities: item.probabilities))
    }
    return .multiclass(MulticlassReport(scores))
  }
}
