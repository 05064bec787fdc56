internal import ByteKernels
internal import Reports

/// How a figure grows with the number of documents a model is trained on.
///
/// A held-out curve that still rises asks for more documents; one far below the training curve for a
/// stronger regularization.
package struct LearningCurve: Sendable, Equatable {
  package struct Point: Sendable, Equatable {
    /// Documents trained on.
    package let documentCount: Int
    /// Of documents the model was not trained on.
    package let heldOut: FigureSummary
    /// Of the documents it was trained on; nil when they were not judged.
    package let training: FigureSummary?

    package init(documentCount: Int, heldOut: FigureSummary, training: FigureSummary? = nil) {
      self.documentCount = documentCount
      self.heldOut = heldOut
      self.training = training
    }
  }

  /// The name of the figure.
  package let figure: String
  /// From few to many documents.
  package let points: [Point]

  package init(figure: String = "auc", points: [Point]) {
    self.figure = figure
    self.points = points.sorted { $0.documentCount < $1.documentCount }
  }

  /// One row a number of documents.
  package var table: String {
    var table = TextTable(header: ["documents", "held-out \(figure)", "training \(figure)"])
    for point in points {
      table.append([
        Words.count(point.documentCount), point.heldOut.text, point.training?.text ?? "-",
      ])
    }
    return table.text
  }

  /// One JSON object on one line.
  package var json: String {
    let points = points.map { point in
      JSONValue.object([
        ("documents", .integer(point.documentCount)), ("held_out", point.heldOut.json),
        ("training", point.training?.json ?? .null),
      ])
    }
    return JSONValue.object([("figure", .string(figure)), ("points", .array(points))]).text
  }
}
