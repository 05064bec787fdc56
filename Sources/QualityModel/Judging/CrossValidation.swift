internal import ByteKernels
internal import Reports

/// The figures of the models of a cross-validation, each judged on the fold it was not trained on.
package struct CrossValidation: Sendable, Equatable {
  /// One list a fold, in the order of the folds.
  package let folds: [[QualityFigure]]
  package let summaries: [FigureSummary]

  /// Takes each fold's figures; all must have the same names in the same order.
  package init(folds: [[QualityFigure]]) throws(JudgingError) {
    self.folds = folds
    summaries = try FigureSummary.summaries(folds)
  }

  /// The summary of a figure; nil when there is none of this name.
  package func summary(of name: String) -> FigureSummary? {
    summaries.first { $0.name == name }
  }

  /// Folds that the table shows one by one; of more it shows the lowest and the highest figure.
  private static let listedFoldCount = 5

  /// One figure a line: mean, standard deviation, then each fold, or the lowest and highest of many.
  package var table: String {
    let isListed = folds.count <= Self.listedFoldCount
    let heads = isListed ? folds.indices.map { "fold \($0 + 1)" } : ["lowest", "highest"]
    var table = TextTable(header: ["\(folds.count) folds", "mean", "deviation"] + heads)
    for (index, summary) in summaries.enumerated() {
      let values = folds.map { $0[index].value }
      let known = values.compactMap(\.self)
      let shown = isListed ? values : [known.min(), known.max()]
      table.append(
        [summary.name]
          + ([summary.mean, summary.standardDeviation] + shown).map { FigureText.decimal($0) })
    }
    return table.text
  }

  /// One JSON object on one line: for each figure its mean, deviation and folds.
  package var json: String {
    let figures = summaries.enumerated().map { index, summary in
      let values = folds.map { JSONValue($0[index].value) }
      return (
        name: summary.name,
        value: JSONValue.object([
          ("mean", JSONValue(summary.mean)),
          ("standard_deviation", JSONValue(summary.standardDeviation)), ("folds", .array(values)),
        ])
      )
    }
    return JSONValue.object([("fold_count", .integer(folds.count))] + figures).text
  }
}
