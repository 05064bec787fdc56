internal import ByteKernels
internal import Reports

/// Where scores lie, for good and bad texts apart.
extension QualityReport {
  private static let drawnSourceCount = 8

  private static func keys(_ report: QualityReport) -> [Plot.Key] {
    [
      Plot.Key(
        name: "good, \(Words.count(report.positiveCount))", color: PlotStyle.good, shape: .bar),
      Plot.Key(
        name: "bad, \(Words.count(report.negativeCount))", color: PlotStyle.bad, shape: .bar),
      Plot.Key(
        name: "threshold \(Words.decimal(report.threshold, 2))", color: PlotStyle.ink,
        shape: .dashed),
    ]
  }

  /// The scores of all documents, each class in shares of its own.
  package var histogramPlot: String {
    let shares = [
      Self.shares(histogram.positiveCounts), Self.shares(histogram.negativeCounts),
    ]
    let axis = PlotAxis.linear("share of the class", [0] + shares.joined(), limits: 0...1) {
      "\(Words.decimal($0 * 100, max(0, $1 - 2))) %"
    }
    var plot = Plot(
      title: "Scores of good and bad texts",
      subtitle: "The less the two overlap, the better the model tells them apart.",
      x: .unit("score"), y: axis, keys: Self.keys(self))
    if documentCount == 0 { plot.note("There are no documents.") }
    for (shares, color) in zip(shares, [PlotStyle.good, PlotStyle.bad]) {
      for (bin, share) in shares.enumerated() where share > 0 {
        let (start, end) = (
          ScoreHistogram.bins.lowerEdge(bin), ScoreHistogram.bins.lowerEdge(bin + 1)
        )
        let (corner, foot) = (plot.place(start, share), plot.place(end, 0))
        plot.canvas.rectangle(
          CanvasPoint(corner.x + 1, corner.y), width: foot.x - corner.x - 2,
          height: foot.y - corner.y, color: color, opacity: 0.55)
      }
    }
    plot.canvas.thresholdLine(
      threshold, left: plot.left, right: plot.right, top: plot.top, bottom: plot.bottom)
    return plot.document
  }

  /// The scores of the largest sources: good texts upward, bad ones downward.
  package var sourcePlot: String {
    let drawn = sources.prefix(Self.drawnSourceCount)
    let rowHeight = 72.0
    let (left, right, top) = (208.0, 614.0, 98.0)
    let bottom = top + rowHeight * Double(max(1, drawn.count))
    var canvas = SVGCanvas(width: 640, height: bottom + 56)
    let title = "Scores by source"
    let which =
      sources.count > drawn.count
      ? "The \(drawn.count) largest of \(Words.count(sources.count)) sources"
      : "Good texts upward, bad ones downward"
    canvas.card(title: title, subtitle: "\(which); each is scaled to its own highest bar.")
    let keys = Self.keys(self)
    canvas.legend(keys, at: Legend.places(keys, from: CanvasPoint(left, 76), to: right))
    for tick in PlotAxis.unit("").ticks {
      let place = left + tick.position * (right - left)
      canvas.line(
        [CanvasPoint(place, top), CanvasPoint(place, bottom)], .init(color: PlotStyle.grid))
      canvas.text(tick.label, at: CanvasPoint(place, bottom + 18), .init(anchor: .middle))
    }
    canvas.text(
      "score", at: CanvasPoint((left + right) / 2, bottom + 40),
      .init(size: 13, color: PlotStyle.ink, anchor: .middle))
    if drawn.isEmpty {
      canvas.text("No document names its source.", at: CanvasPoint(20, top + 40), .init(size: 14))
    }
    for (index, source) in drawn.enumerated() {
      let middle = top + rowHeight * (Double(index) + 0.5)
      canvas.draw(source, left: left, right: right, middle: middle, reach: rowHeight / 2 - 5)
    }
    canvas.thresholdLine(threshold, left: left, right: right, top: top, bottom: bottom)
    return canvas.document(title: title)
  }

  private static func shares(_ counts: [Int]) -> [Double] {
    let sum = Double(max(1, counts.reduce(0, +)))
    return counts.map { Double($0) / sum }
  }
}

extension SVGCanvas {
  fileprivate mutating func thresholdLine(
    _ threshold: Double, left: Double, right: Double, top: Double, bottom: Double
  ) {
    guard (0...1).contains(threshold) else { return }
    let place = left + threshold * (right - left)
    line(
      [CanvasPoint(place, top), CanvasPoint(place, bottom)],
      Stroke(color: PlotStyle.ink, width: 1.5, dash: PlotStyle.dash))
  }

  fileprivate mutating func draw(
    _ source: SourceReport, left: Double, right: Double, middle: Double, reach: Double
  ) {
    let histogram = source.histogram
    let highest = Double(
      max(1, (histogram.positiveCounts + histogram.negativeCounts).max() ?? 1))
    let width = (right - left) / Double(ScoreHistogram.bins.count)
    for bin in 0..<ScoreHistogram.bins.count {
      let start = left + Double(bin) * width + 1
      let good = Double(histogram.positiveCounts[bin]) / highest * reach
      let bad = Double(histogram.negativeCounts[bin]) / highest * reach
      if good > 0 {
        rectangle(
          CanvasPoint(start, middle - good), width: width - 2, height: good,
          color: PlotStyle.good, opacity: 0.75)
      }
      if bad > 0 {
        rectangle(
          CanvasPoint(start, middle), width: width - 2, height: bad, color: PlotStyle.bad,
          opacity: 0.75)
      }
    }
    line([CanvasPoint(left, middle), CanvasPoint(right, middle)], Stroke(color: PlotStyle.axis))
    let name = FigureText.name(source.source, maximumLength: 26)
    text(
      name, at: CanvasPoint(20, middle - 12),
      Lettering(size: 12, color: PlotStyle.ink, isBold: true))
    let share = ClassFigures.ratio(source.positiveCount, source.documentCount)
    text(
      "\(Words.count(source.documentCount)) documents, \(FigureText.decimal(share.map { $0 * 100 }, 0)) % good",
      at: CanvasPoint(20, middle + 5), Lettering(size: 11))
    text(
      "AUC \(FigureText.decimal(source.auc, 4))", at: CanvasPoint(20, middle + 21),
      Lettering(size: 11))
  }
}
