internal import ByteKernels
internal import Documents
package import QualityModel
internal import Reports

/// Says which terms moved the scores of documents most.
package enum QualityExplaining {
  /// Calls `body` with the explanation of each document, or of those with the given id.
  ///
  /// With an id that no document has, that is an error.
  package static func run(
    _ source: DocumentSource, model: QualityModel, id: String?, limit: Int,
    _ body: (_ id: String, _ explanation: ScoreExplanation) -> Void
  ) throws {
    var isFound = false
    while let document = source.next() {
      if let id, document.id != id { continue }
      isFound = true
      guard let explanation = model.explain(document.text.span, limit: limit) else {
        throw PipelineError(
          file: "--model",
          message: "a fastText model has no weights of terms; explain takes a linear model")
      }
      body(document.id, explanation)
    }
    if let id, !isFound {
      throw PipelineError(file: "--id", message: "no document has the id '\(id)'")
    }
  }

  /// One JSON object on one line.
  package static func json(id: String, _ explanation: ScoreExplanation) -> String {
    let terms = explanation.terms.map { term in
      JSONValue.object([
        ("terms", .array(term.texts.map { .string($0) })), ("count", .integer(term.count)),
        ("contribution", .number(term.contribution)),
      ])
    }
    return JSONValue.object([
      ("id", .string(id)), ("score", .number(explanation.score)),
      ("margin", .number(explanation.margin)), ("intercept", .number(explanation.intercept)),
      ("term_count", .integer(explanation.termCount)), ("features", .array(terms)),
    ]).text
  }
}
