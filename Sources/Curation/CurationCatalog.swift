package import TextAnalysis

/// The steps that keep, drop or edit documents by published rules, in order of name.
package enum CurationCatalog {
  package static let steps: [any Step.Type] = [
    C4Quality.self,
    GopherQuality.self,
    GopherRepetition.self,
    Length.self,
    Threshold.self,
  ]
}
