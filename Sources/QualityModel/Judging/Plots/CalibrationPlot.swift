internal import ByteKernels
internal import Reports

extension QualityReport {
  private static let stripHeight = 70.0

  /// The reliability diagram: the share of good texts by score, and below it how many score so.
  package var calibrationPlot: String {
    var plot = Plot(
      title: "Calibration",
      subtitle:
        "Are 80 % of the texts that score 0.8 good? Above the diagonal, scores are too low.",
      x: .unit("mean score"), y: .unit("share of good texts"),
      keys: [
        Plot.Key(
          name: "model, expected error \(FigureText.decimal(calibration.expectedError, 4))",
          color: PlotStyle.good, shape: .line),
        Plot.Key(name: "perfect", color: PlotStyle.axis, shape: .dashed),
        Plot.Key(name: "documents", color: PlotStyle.axis, shape: .bar),
      ], width: 560, height: 660, foot: Self.stripHeight + 16)
    let diagonal = [CurvePoint(0, 0), CurvePoint(1, 1)]
    plot.line(diagonal, .init(color: PlotStyle.axis, width: 1.5, dash: PlotStyle.dash))
    let points = calibration.bins.compactMap { bin in
      bin.meanScore.flatMap { x in bin.positiveShare.map { CurvePoint(x, $0) } }
    }
    if points.isEmpty { plot.note("There are no documents.") }
    for point in points {
      plot.line(
        [point, CurvePoint(point.x, point.x)],
        .init(color: PlotStyle.bad, width: 5, opacity: 0.28))
    }
    plot.line(points, .init(color: PlotStyle.good, width: 2.5))
    for point in points { plot.dot(point.x, point.y, color: PlotStyle.good) }
    drawDocumentCounts(on: &plot)
    return plot.document
  }

  private func drawDocumentCounts(on plot: inout Plot) {
    let highest = Double(max(1, calibration.bins.map(\.documentCount).max() ?? 1))
    let floor = plot.bottom + 56 + Self.stripHeight
    for (index, bin) in calibration.bins.enumerated() {
      let start = plot.left + Double(index) / 10 * plot.width
      let height = Double(bin.documentCount) / highest * (Self.stripHeight - 18)
      plot.canvas.rectangle(
        CanvasPoint(start + 3, floor - height), width: plot.width / 10 - 6, height: height,
        color: PlotStyle.axis, opacity: 0.6)
      plot.canvas.text(
        Words.count(bin.documentCount),
        at: CanvasPoint(start + plot.width / 20, floor - height - 4),
        .init(size: 10, anchor: .middle))
    }
    plot.canvas.line(
      [CanvasPoint(plot.left, floor), CanvasPoint(plot.right, floor)],
      .init(color: PlotStyle.axis))
  }
}
