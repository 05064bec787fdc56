/// A trained model of text quality, of whatever kind, and the label whose probability is the score.
///
/// Immutable and shared by all workers; each scores through a `QualityScorer` of its own.
package struct QualityModel: Sendable {
  package enum Kind: Sendable {
    case linear(LinearModel)
    case fastText(FastTextModel)
  }

  package let kind: Kind
  /// The position in `labels` of the label whose probability is the score.
  package let scoredLabel: Int
  /// Whether it is plain that this label means good; false only where no score was asked for.
  package let isScoredLabelPlain: Bool

  /// `label` names the label to score by; nil takes the one that means good, which must be plain if
  /// the model is to give scores.
  package init(
    _ kind: Kind, path: String, label: String? = nil, givesScores: Bool = true
  ) throws(QualityModelError) {
    self.kind = kind
    let labels = Self.labels(of: kind)
    let position = try Self.position(of: label, in: labels, path)
    if position == nil, givesScores {
      throw QualityModelError(
        path: path,
        message:
          "does not say which label is the good one; name it as the label: one of "
          + Self.listed(labels))
    }
    scoredLabel = position ?? labels.count - 1
    isScoredLabelPlain = position != nil
  }

  /// Reads a model: a folder that `quality train` wrote, a PipelineModel of Spark's, or a fastText file.
  ///
  /// A folder that is both of the first, as `train` writes for the pipeline spark, is read as ours.
  package init(
    path: String, label: String? = nil, givesScores: Bool = true
  ) throws(QualityModelError) {
    try self.init(try Self.read(path), path: path, label: label, givesScores: givesScores)
  }

  private static func read(_ path: String) throws(QualityModelError) -> Kind {
    if FastTextModel.isFastText(path: path) { return .fastText(try FastTextModel(path: path)) }
    if !LinearModel.isModel(directory: path), SparkPipelineModel.isPipelineModel(directory: path) {
      return .linear(try SparkPipelineModel.read(directory: path))
    }
    return .linear(try LinearModel(directory: path))
  }

  /// What a score must be above for the label to be given; 0.5 where the model says nothing else.
  package var threshold: Double {
    switch kind {
    case .linear(let model):
      scoredLabel == 1 ? model.threshold : 1 - model.threshold
    case .fastText: 0.5
    }
  }

  /// The names of the labels.
  package var labels: [String] { Self.labels(of: kind) }

  package func makeScorer() -> QualityScorer { QualityScorer(self) }

  func makeScratch() -> QualityScratch {
    switch kind {
    case .linear(let model): .linear(model.makeScratch())
    case .fastText(let model): .fastText(model.makeScratch())
    }
  }

  /// The probability of the label to score by.
  func score(_ text: Span<UInt8>, _ scratch: inout QualityScratch) -> Double {
    switch kind {
    case .linear(let model) where model.weights.rowCount == 1:
      let margin = model.margin(text, &scratch.features)
      let (first, second) = model.probabilities(logOdds: margin)
      return scoredLabel == 1 ? second : first
    case .linear: return probabilities(text, &scratch)[scoredLabel]
    case .fastText(let model):
      model.predict(text, &scratch.fastText)
      return Double(scratch.fastText.probabilities[scoredLabel])
    }
  }

  /// The probabilities of all labels.
  func probabilities(_ text: Span<UInt8>, _ scratch: inout QualityScratch) -> [Double] {
    switch kind {
    case .linear(let model):
      return model.probabilities(margins: model.margins(text, &scratch.features))
    case .fastText(let model):
      model.predict(text, &scratch.fastText)
      return scratch.fastText.probabilities.map(Double.init)
    }
  }

  /// The probabilities of all labels, and the position of the label that the text gets.
  func classify(
    _ text: Span<UInt8>, _ scratch: inout QualityScratch
  ) -> (probabilities: [Double], label: Int) {
    switch kind {
    case .linear(let model):
      let margins = model.margins(text, &scratch.features)
      return (model.probabilities(margins: margins), model.label(margins: margins))
    case .fastText:
      let probabilities = probabilities(text, &scratch)
      let label = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
      return (probabilities, label)
    }
  }

  private static func labels(of kind: Kind) -> [String] {
    switch kind {
    case .linear(let model): model.labels
    case .fastText(let model): model.labels
    }
  }

  private static func listed(_ labels: [String]) -> String {
    labels.prefix(20).joined(separator: ", ") + (labels.count > 20 ? ", ..." : "")
  }

  /// Nil when no label is named and none of them plainly means good.
  private static func position(
    of label: String?, in labels: [String], _ path: String
  ) throws(QualityModelError) -> Int? {
    if let label {
      let bare = label.hasPrefix("__label__") ? String(label.dropFirst(9)) : label
      if let position = labels.firstIndex(of: label) ?? labels.firstIndex(of: bare) {
        return position
      }
      throw QualityModelError(
        path: path, message: "has no label '\(label)'; its labels are \(listed(labels))")
    }
    return GoodLabel.position(in: labels)
  }
}
