internal import ByteKernels
package import Reports

/// The pictures of a report on several classes.
extension MulticlassReport {
  private static let drawnClassCount = 16

  /// Who was taken for whom, and the ROC curve of each class against the others.
  package var plots: [NamedPlot] {
    [
      NamedPlot(fileName: "confusion.svg", svg: confusionPlot),
      NamedPlot(fileName: "roc-by-class.svg", svg: rocPlot),
    ]
  }

  /// The confusion matrix, each row in shares of its class; of many classes the largest.
  package var confusionPlot: String {
    let drawn = Array(Self.largestClasses(confusion).prefix(Self.drawnClassCount).sorted())
    let (left, top) = (150.0, 140.0)
    let cell = min(64, 470 / Double(drawn.count))
    let side = cell * Double(drawn.count)
    var canvas = SVGCanvas(width: max(560, left + side + 60), height: top + side + 24)
    let title = "Confusion matrix"
    let which =
      drawn.count < classNames.count
      ? "The \(drawn.count) largest of \(classNames.count) classes; darker"
      : "Rows are true classes; darker"
    canvas.card(title: title, subtitle: "\(which) is a larger share of the row.")
    canvas.text(
      "taken for", at: CanvasPoint(left - 10, top - 10), .init(size: 13, anchor: .end))
    for (row, actual) in drawn.enumerated() {
      let middle = (Double(row) + 0.5) * cell
      canvas.text(
        FigureText.name(classNames[actual], maximumLength: 16),
        at: CanvasPoint(left - 10, top + middle + 4), .init(color: PlotStyle.ink, anchor: .end))
      canvas.text(
        FigureText.name(classNames[actual], maximumLength: 11),
        at: CanvasPoint(left + middle, top - 8), .init(color: PlotStyle.ink, turn: -45))
      for (column, predicted) in drawn.enumerated() {
        let count = confusion[actual: actual, predicted: predicted]
        let share = ClassFigures.ratio(count, confusion.support(actual)) ?? 0
        let corner = CanvasPoint(left + Double(column) * cell, top + Double(row) * cell)
        canvas.cell(corner, side: cell, count: count, share: share)
      }
    }
    return canvas.document(title: title)
  }

  /// The ROC curves of the largest classes, each against all others.
  package var rocPlot: String {
    let drawn = curves.filter { !$0.points.isEmpty }
    let keys = zip(drawn, PlotStyle.series).map { curve, color in
      let name = FigureText.name(classNames[curve.index], maximumLength: 24)
      return Plot.Key(
        name: "\(name), AUC \(FigureText.decimal(classAUCs[curve.index], 4))", color: color,
        shape: .line)
    }
    let which =
      curves.count < classNames.count
      ? "Each of the \(curves.count) largest classes against all others."
      : "Each class against all others."
    var plot = Plot(
      title: "ROC curves by class", subtitle: which, x: .unit("texts of other classes kept"),
      y: .unit("texts of the class kept (recall)"), keys: keys, width: 560, height: 600)
    plot.line(
      [CurvePoint(0, 0), CurvePoint(1, 1)],
      .init(color: PlotStyle.axis, width: 1.5, dash: PlotStyle.dash))
    if drawn.isEmpty { plot.note("There is no curve without texts of two classes.") }
    for (curve, color) in zip(drawn, PlotStyle.series) {
      plot.line(curve.points, .init(color: color, width: 2.25))
    }
    return plot.document
  }
}

extension SVGCanvas {
  /// One count of a matrix on a ground as dark as its share.
  fileprivate mutating func cell(_ corner: CanvasPoint, side: Double, count: Int, share: Double) {
    rectangle(
      CanvasPoint(corner.x + 1, corner.y + 1), width: side - 2, height: side - 2,
      color: PlotStyle.good, opacity: 0.05 + 0.95 * share, radius: 2)
    let words = Words.count(count)
    let size = min(12, (side - 6) / PlotStyle.width(of: words, size: 1))
    // Smaller letters are not read.
    guard count > 0, size >= 6 else { return }
    text(
      words, at: CanvasPoint(corner.x + side / 2, corner.y + side / 2 + size / 3),
      Lettering(size: size, color: share > 0.6 ? PlotStyle.card : PlotStyle.ink, anchor: .middle))
  }
}
