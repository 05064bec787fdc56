/// Scores texts by one model; one per worker, because it owns scratch space.
package final class QualityScorer {
  package let model: QualityModel
  private var scratch: QualityScratch

  init(_ model: QualityModel) {
    self.model = model
    scratch = model.makeScratch()
  }

  /// The probability of the label to score by, for a text in UTF-8.
  package func score(_ text: Span<UInt8>) -> Double { model.score(text, &scratch) }

  /// The probabilities of all labels, for a text in UTF-8.
  package func probabilities(_ text: Span<UInt8>) -> [Double] {
    model.probabilities(text, &scratch)
  }

  /// The probabilities of all labels, and the position of the label that a text in UTF-8 gets.
  package func classify(_ text: Span<UInt8>) -> (probabilities: [Double], label: Int) {
    model.classify(text, &scratch)
  }
}

/// What one worker needs to score without allocating; of the two parts one is in use.
struct QualityScratch: Sendable {
  var features: FeatureScratch
  var fastText: FastTextScratch

  static func linear(_ features: FeatureScratch) -> QualityScratch {
    QualityScratch(features: features, fastText: FastTextScratch(dimension: 0, labelCount: 0))
  }

  static func fastText(_ fastText: FastTextScratch) -> QualityScratch {
    let least = FeatureSettings(
      pipeline: .words, featureCount: 1, termWeight: .binary, normalization: .none)
    return QualityScratch(
      features: FeatureExtractor(least).makeScratch(), fastText: fastText)
  }
}
