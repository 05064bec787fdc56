internal import Documents
internal import QualityModel

/// Labelled texts on their way into a training, and what tells them apart besides quality.
final class TrainingTexts {
  private static let batchByteCount = 1 << 20
  /// Trivial features are looked for in so many bytes of each label's first texts: they are counted while
  /// the workers wait for texts.
  private static let examinedByteCount = 8 << 20

  let source: LabelledSource
  private(set) var trivialFeatures = TrivialFeatureFinder()
  private let labels: [String]
  private let goodLabel: Int?
  private var examined: [Int]

  /// Trivial features are looked for where there is a good label.
  init(_ source: LabelledSource, labels: [String], goodLabel: Int?) {
    self.source = source
    self.labels = labels
    self.goodLabel = goodLabel
    examined = labels.map { _ in 0 }
  }

  /// The next texts; nil at the end.
  func nextBatch() throws -> [LabelledText]? {
    let batch = try source.nextBatch(byteCount: Self.batchByteCount)
    return batch.isEmpty ? nil : try batch.map { try take($0) }
  }

  private func take(_ labelled: LabelledInputs.LabelledDocument) throws(RunError) -> LabelledText {
    let document = labelled.document
    guard let label = labels.firstIndex(of: labelled.label) else {
      throw RunError(
        path: document.source,
        message: "document '\(document.id)' has the label '\(labelled.label)', which no document "
          + "had when the input was first read; it changed in between: run again")
    }
    if let goodLabel, examined[label] < Self.examinedByteCount {
      examined[label] += document.text.count
      trivialFeatures.add(
        document.text.span, isPositive: label == goodLabel,
        language: document.metadata.text(of: "language"))
    }
    return LabelledText(text: document.text, label: label)
  }
}
