package import TextAnalysis

/// The steps of this target, in alphabetical order.
package enum ExtractionCatalog {
  package static let steps: [any Step.Type] = [
    Extract.self
  ]
}
