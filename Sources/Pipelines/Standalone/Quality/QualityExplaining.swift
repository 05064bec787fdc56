internal import ByteKernels
internal import Documents
package import QualityModel

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
      let texts = term.texts.map(quoted).joined(separator: ",")
      return "{\"terms\":[\(texts)],\"count\":\(term.count),\"contribution\":\(term.contribution)}"
    }
    return "{\"id\":\(quoted(id)),\"score\":\(explanation.score),\"margin\":\(explanation.margin),"
      + "\"intercept\":\(explanation.intercept),\"term_count\":\(explanation.termCount),"
      + "\"features\":[\(terms.joined(separator: ","))]}"
  }

  private static func quoted(_ text: String) -> String {
    var json: [UInt8] = []
    JSONText.append(text, to: &json)
    return String(decoding: json, as: UTF8.self)
  }
}
