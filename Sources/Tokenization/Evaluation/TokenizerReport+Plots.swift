internal import ByteKernels
package import Reports

/// The report as pictures.
extension TokenizerReport {
  /// Bytes for each token over the size of the vocabulary, and tokens for each word by field.
  package var plots: [NamedPlot] {
    [NamedPlot(fileName: "vocabulary-size.svg", svg: curvePlot)]
      + evaluation.fields.indices.filter { !evaluation.groups[$0].isEmpty }.map { field in
        NamedPlot(fileName: "\(fileName(field)).svg", svg: groupPlot(field))
      }
  }

  /// A field's name with nothing in it that a path could mean something by.
  private func fileName(_ field: Int) -> String {
    let name = evaluation.fields[field].map { $0.isLetter || $0.isNumber ? $0 : "-" }
    return "by-" + String(name)
  }

  private var curvePlot: String {
    let byteCount = Double(evaluation.total.extent.byteCount)
    let series = subjects.enumerated().compactMap { index, subject in
      subject.curve.map { curve in
        (
          name: subject.name, color: PlotStyle.series[index % PlotStyle.series.count],
          points: curve.points.filter { $0.tokenCount > 0 }.map {
            CurvePoint(Double($0.vocabularySize), byteCount / Double($0.tokenCount))
          }
        )
      }
    }
    let points = series.flatMap(\.points)
    var plot = Plot(
      title: "What a larger vocabulary saves",
      subtitle: "Each tokenizer cut down to its first merges, on the same text.",
      x: .logarithmic("tokens in the vocabulary", points.map(\.x)) {
        Words.count(Int($0.rounded()))
      },
      y: .linear("bytes for each token", points.map(\.y)),
      keys: series.map { Plot.Key(name: $0.name, color: $0.color, shape: .line) })
    if points.isEmpty { plot.note("There are no merges, or no text.") }
    for line in series {
      plot.line(line.points, .init(color: line.color, width: 2.5))
      for point in line.points { plot.dot(point.x, point.y, color: line.color, radius: 3) }
    }
    return plot.document
  }

  private static let drawnGroupCount = 12

  private func groupPlot(_ field: Int) -> String {
    let groups = Array(ranked(field: field).prefix(Self.drawnGroupCount))
    let values = groups.flatMap { entry in
      subjects.indices.compactMap { entry.group.tokensPerWord($0) }
    }
    var plot = Plot(
      title: "Tokens for each word by \(evaluation.fields[field])",
      subtitle: "The \(groups.count) with most text; fewer is better.",
      x: .names(
        evaluation.fields[field],
        groups.map { FigureText.name($0.name, maximumLength: 12) }),
      y: .linear("tokens for each word", [0] + values),
      keys: subjects.enumerated().map { index, subject in
        Plot.Key(
          name: subject.name, color: PlotStyle.series[index % PlotStyle.series.count],
          shape: .bar)
      }, width: 860)
    let slot = 0.8 / Double(max(1, subjects.count))
    for (place, entry) in groups.enumerated() {
      for index in subjects.indices {
        guard let value = entry.group.tokensPerWord(index) else { continue }
        let left = Double(place) - 0.4 + Double(index) * slot
        let corner = plot.place(left, value)
        let foot = plot.place(left + slot * 0.9, 0)
        plot.canvas.rectangle(
          corner, width: foot.x - corner.x, height: foot.y - corner.y,
          color: PlotStyle.series[index % PlotStyle.series.count], opacity: 0.8, radius: 2)
      }
    }
    return plot.document
  }
}
