internal import ByteKernels
internal import Reports

extension LearningCurve {
  /// The figure against the number of documents trained on, with bands of one standard deviation.
  package var plot: String {
    let series = [
      (
        name: "held out", color: PlotStyle.good,
        points: points.map { (x: Double(max(1, $0.documentCount)), summary: $0.heldOut) }
      ),
      (
        name: "training", color: PlotStyle.bad,
        points: points.compactMap { point in
          point.training.map { (x: Double(max(1, point.documentCount)), summary: $0) }
        }
      ),
    ].filter { $0.points.contains { $0.summary.mean != nil } }
    let ranges = series.flatMap { $0.points.flatMap { $0.summary.range } }
    let hasSpread = series.contains { $0.points.contains { $0.summary.standardDeviation != nil } }
    var plot = Plot(
      title: "Learning curve",
      subtitle: hasSpread
        ? "Bands are one standard deviation over the folds." : "What more documents would bring.",
      x: .logarithmic("documents trained on", points.map { Double(max(1, $0.documentCount)) }) {
        Words.count(Int($0.rounded()))
      },
      y: .linear(figure, ranges, limits: FigureSummary.limits(figure)),
      keys: series.map { Plot.Key(name: $0.name, color: $0.color, shape: .line) })
    if series.isEmpty { plot.note("There is nothing to draw.") }
    for line in series {
      let known = line.points.filter { $0.summary.mean != nil }
      let band =
        known.map { CurvePoint($0.x, $0.summary.range.max() ?? 0) }
        + known.reversed().map { CurvePoint($0.x, $0.summary.range.min() ?? 0) }
      let outline = band.map { plot.place($0.x, $0.y) }
      if hasSpread { plot.canvas.area(outline, color: line.color, opacity: 0.13) }
      let means = known.map { CurvePoint($0.x, $0.summary.mean ?? 0) }
      plot.line(means, .init(color: line.color, width: 2.5))
      for mean in means { plot.dot(mean.x, mean.y, color: line.color) }
    }
    return plot.document
  }
}

extension FigureSummary {
  /// What a figure can be; nil when it has no upper end.
  static func limits(_ name: String) -> ClosedRange<Double>? {
    switch name {
    case "log_loss": nil
    case "matthews_correlation": -1...1
    default: 0...1
    }
  }

  /// The mean, and it less and more the standard deviation, within what the figure can be.
  var range: [Double] {
    guard let mean else { return [] }
    let spread = standardDeviation ?? 0
    let limits = Self.limits(name) ?? -Double.infinity...Double.infinity
    return [mean - spread, mean, mean + spread].map {
      min(max($0, limits.lowerBound), limits.upperBound)
    }
  }
}
