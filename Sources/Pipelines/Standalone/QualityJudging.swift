internal import Documents
package import QualityModel

/// Judges a quality model by labelled documents.
package enum QualityJudging {
  /// Judges by the member `label` of each document, 0 or 1; a document without one is an error.
  package static func run(
    _ source: DocumentSource, model: QualityModel, threshold: Double
  ) throws -> QualityReport {
    let scorer = model.makeScorer()
    var scored = ScoredDocuments()
    while let document = source.next() {
      guard let label = Self.label(of: document) else {
        throw PipelineError(
          file: document.source,
          message: "document '\(document.id)' has no label; each needs \"label\": 0 or 1")
      }
      let score = scorer.score(document.text.span)
      do throws(JudgingError) {
        try scored.add(score: score, isPositive: label, source: document.source)
      } catch {
        throw PipelineError(file: document.source, message: "document '\(document.id)': \(error)")
      }
    }
    return QualityReport(scored, threshold: threshold)
  }

  private static func label(of document: Document) -> Bool? {
    switch document.metadata.value(of: "label").map({ String(decoding: $0, as: UTF8.self) }) {
    case "1", "1.0", "true": true
    case "0", "0.0", "false": false
    default: nil
    }
  }
}
