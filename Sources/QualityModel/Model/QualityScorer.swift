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
}

/// What one worker needs to score without allocating.
struct QualityScratch: Sendable {
  var features: FeatureScratch
}
