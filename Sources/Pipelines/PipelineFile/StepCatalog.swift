internal import Curation
internal import Extraction
internal import QualityModel
package import TextAnalysis

/// Every step a pipeline file can name, gathered from the catalogs of the rooms.
package enum StepCatalog {
  package static let steps: [any Step.Type] =
    (CurationCatalog.steps + ExtractionCatalog.steps + QualityCatalog.steps + TextCatalog.steps)
    .sorted { $0.name < $1.name }

  package static func step(named name: String) -> (any Step.Type)? {
    steps.first { $0.name == name }
  }
}
