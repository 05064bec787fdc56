/// Scores texts by one model; one per worker, because it owns scratch space.
package final class QualityScorer {
  package let model: QualityModel
  private var scratch: FeatureScratch

  init(_ model: QualityModel) {
    self.model = model
    scratch = model.extractor.makeScratch()
  }

  /// The log odds that a text, UTF-8, is good.
  package func margin(_ text: Span<UInt8>) -> Double {
    model.margin(text, &scratch)
  }

  /// The probability that a text, UTF-8, is good.
  package func probability(_ text: Span<UInt8>) -> Double {
    QualityModel.probability(margin: margin(text))
  }
}
