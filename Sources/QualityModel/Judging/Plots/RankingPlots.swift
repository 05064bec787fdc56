internal import ByteKernels
internal import Reports

/// The curves of a report.
extension QualityReport {
  private var thresholdKey: Plot.Key {
    Plot.Key(name: "threshold \(Words.decimal(threshold, 2))", color: PlotStyle.bad, shape: .dot)
  }

  /// The ROC curve: good texts kept against bad ones kept, as the threshold falls.
  package var rocPlot: String {
    var plot = Plot(
      title: "ROC curve",
      subtitle: "The area is the chance that a good text scores above a bad one.",
      x: .unit("bad texts kept"), y: .unit("good texts kept (recall)"),
      keys: [
        Plot.Key(
          name: "model, AUC \(FigureText.decimal(auc, 4))", color: PlotStyle.good, shape: .line),
        Plot.Key(name: "chance", color: PlotStyle.axis, shape: .dashed), thresholdKey,
      ], width: 560, height: 600)
    plot.line(
      [CurvePoint(0, 0), CurvePoint(1, 1)],
      .init(color: PlotStyle.axis, width: 1.5, dash: PlotStyle.dash))
    if rocCurve.isEmpty {
      plot.note("There is no curve without good and bad texts.")
      return plot.document
    }
    plot.curve(rocCurve)
    plot.dot(
      Double(falsePositiveCount) / Double(negativeCount),
      Double(truePositiveCount) / Double(positiveCount), color: PlotStyle.bad, radius: 5.5)
    return plot.document
  }

  /// Precision against recall, as the threshold falls.
  package var precisionRecallPlot: String {
    let words = "model, average precision \(FigureText.decimal(averagePrecision, 4))"
    var keys = [
      Plot.Key(name: words, color: PlotStyle.good, shape: .line),
      Plot.Key(
        name: "chance \(FigureText.decimal(prevalence, 2))", color: PlotStyle.axis, shape: .dashed
      ), thresholdKey,
    ]
    if let bestF1 {
      keys.append(
        Plot.Key(
          name: "best F1 \(Words.decimal(bestF1.f1, 3)) at \(Words.decimal(bestF1.threshold, 3))",
          color: PlotStyle.series[2], shape: .dot))
    }
    var plot = Plot(
      title: "Precision and recall",
      subtitle: "How pure the texts above a threshold are, by how many of the good ones it keeps.",
      x: .unit("good texts kept (recall)"), y: .unit("good texts among the kept (precision)"),
      keys: keys, width: 560, height: 600)
    guard let prevalence, let bestF1, let recall else {
      plot.note("There is no curve without good texts.")
      return plot.document
    }
    plot.line(
      [CurvePoint(0, prevalence), CurvePoint(1, prevalence)],
      .init(color: PlotStyle.axis, width: 1.5, dash: PlotStyle.dash))
    plot.curve(precisionRecallCurve)
    plot.dot(bestF1.recall ?? 0, bestF1.precision, color: PlotStyle.series[2], radius: 5.5)
    if let precision { plot.dot(recall, precision, color: PlotStyle.bad, radius: 5.5) }
    return plot.document
  }
}

extension Plot {
  /// The model's curve over a light area.
  fileprivate mutating func curve(_ points: [CurvePoint]) {
    guard let first = points.first, let last = points.last else { return }
    let outline = points + [CurvePoint(last.x, 0), CurvePoint(first.x, 0)]
    canvas.area(outline.map { place($0.x, $0.y) }, color: PlotStyle.good, opacity: 0.08)
    line(points, .init(color: PlotStyle.good, width: 2.5))
  }
}
