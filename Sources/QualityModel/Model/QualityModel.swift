/// A trained model of text quality, of whatever kind, and the label whose probability is the score.
///
/// Immutable and shared by all workers; each scores through a `QualityScorer` of its own.
package struct QualityModel: Sendable {
  package enum Kind: Sendable {
    case linear(LinearModel)
  }

  package let kind: Kind
  /// The position in `labels` of the label whose probability is the score.
  package let scoredLabel: Int

  /// `label` names the label to score by; nil takes the one that means good, which must be plain.
  package init(_ kind: Kind, path: String, label: String? = nil) throws(QualityModelError) {
    self.kind = kind
    scoredLabel = try Self.position(of: label, in: Self.labels(of: kind), path)
  }

  /// Reads a model: a folder that `quality train` wrote.
  package init(path: String, label: String? = nil) throws(QualityModelError) {
    try self.init(.linear(try LinearModel(directory: path)), path: path, label: label)
  }

  /// The names of the labels.
  package var labels: [String] { Self.labels(of: kind) }

  package func makeScorer() -> QualityScorer { QualityScorer(self) }

  func makeScratch() -> QualityScratch {
    switch kind {
    case .linear(let model): QualityScratch(features: model.makeScratch())
    }
  }

  /// The probability of the label to score by.
  func score(_ text: Span<UInt8>, _ scratch: inout QualityScratch) -> Double {
    switch kind {
    case .linear(let model) where model.weights.rowCount == 1:
      let margin = model.margin(text, &scratch.features)
      // The probability of the first label is what is left, as Spark has it.
      let probability = LinearModel.probability(margin: margin)
      return scoredLabel == 1 ? probability : 1 - probability
    case .linear: return probabilities(text, &scratch)[scoredLabel]
    }
  }

  /// The probabilities of all labels.
  func probabilities(_ text: Span<UInt8>, _ scratch: inout QualityScratch) -> [Double] {
    switch kind {
    case .linear(let model):
      model.probabilities(margins: model.margins(text, &scratch.features))
    }
  }

  private static func labels(of kind: Kind) -> [String] {
    switch kind {
    case .linear(let model): model.labels
    }
  }

  /// What the label of good texts is called in models that people share.
  private static let namesOfGood = ["1", "1.0", "hq", "positive", "pos", "good", "high", "keep"]

  private static func position(
    of label: String?, in labels: [String], _ path: String
  ) throws(QualityModelError) -> Int {
    let known = labels.prefix(20).joined(separator: ", ") + (labels.count > 20 ? ", ..." : "")
    if let label {
      if let position = labels.firstIndex(of: label) { return position }
      throw QualityModelError(
        path: path, message: "has no label '\(label)'; its labels are \(known)")
    }
    for name in namesOfGood {
      if let position = labels.firstIndex(where: { $0.lowercased() == name }) { return position }
    }
    throw QualityModelError(
      path: path, message: "does not say which label is the good one; name one of \(known)")
  }
}
