package import TextAnalysis

/// The steps of this room, in alphabetical order.
package enum QualityCatalog {
  package static let steps: [any Step.Type] = [
    ParetoSample.self,
    QualityScore.self,
  ]
}
