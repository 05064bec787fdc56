internal import ByteKernels
internal import Reports

extension SearchResult {
  /// Settings along the axis above which they stand at their values instead of side by side.
  private static let namedValueCount = 12
  /// Characters that fit beside a key.
  private static let keyLength = 76

  /// A row as a point, with the mean less and more the standard deviation.
  private struct SettingPoint {
    let x: Double
    let y: Double
    let range: [Double]
  }

  private struct Series {
    let name: String
    var points: [SettingPoint]
  }

  /// The figure against the setting with most values, a line for each combination of the others.
  ///
  /// When that would give more than eight lines, or lines without a second point, all are single points.
  package var plot: String {
    let known = rows.filter { $0.summary(of: figure)?.mean != nil }
    let setting = widestSetting
    let values = distinctValues(of: setting)
    let numbers = values.compactMap(Self.number)
    let isNumeric = values.count > Self.namedValueCount && numbers.count == values.count
    let x = isNumeric ? Self.axis(setting, numbers) : PlotAxis.names(setting, values)
    func place(_ row: Row) -> SettingPoint? {
      guard let value = row.value(of: setting), let summary = row.summary(of: figure),
        let mean = summary.mean
      else { return nil }
      let x = isNumeric ? Self.number(value) : values.firstIndex(of: value).map(Double.init)
      return x.map { SettingPoint(x: $0, y: mean, range: summary.range) }
    }
    let lines = series(known, apartFrom: setting, place)
    let isLines = lines.count <= PlotStyle.series.count && lines.count < known.count
    let drawn =
      isLines ? lines : [Series(name: "tried", points: known.compactMap { place($0) })]
    let keys = known.isEmpty ? [] : keys(drawn, isLines: isLines)
    var plot = Plot(
      title: "Search over settings", subtitle: bestWords, x: x,
      y: .linear(
        figure, known.flatMap { $0.summary(of: figure)?.range ?? [] },
        limits: FigureSummary.limits(figure)), keys: keys)
    if known.isEmpty { plot.note("There is nothing to draw.") }
    for (line, color) in zip(drawn, PlotStyle.series) {
      Self.draw(line, color: color, isLine: isLines, in: &plot)
    }
    if let best = best.flatMap({ place($0) }) {
      plot.dot(best.x, best.y, color: PlotStyle.ink, radius: 6.5)
    }
    return plot.document
  }

  private func keys(_ drawn: [Series], isLines: Bool) -> [Plot.Key] {
    zip(drawn, PlotStyle.series).map {
      Plot.Key(
        name: FigureText.name($0.name, maximumLength: Self.keyLength), color: $1,
        shape: isLines ? .line : .dot)
    } + [Plot.Key(name: "best", color: PlotStyle.ink, shape: .dot)]
  }

  private static func draw(
    _ line: Series, color: String, isLine: Bool, in plot: inout Plot
  ) {
    for point in line.points {
      let ends = [point.range.min() ?? point.y, point.range.max() ?? point.y]
      plot.line(ends.map { CurvePoint(point.x, $0) }, .init(color: color, opacity: 0.6))
    }
    if isLine {
      plot.line(line.points.map { CurvePoint($0.x, $0.y) }, .init(color: color, width: 2.5))
    }
    for point in line.points { plot.dot(point.x, point.y, color: color) }
  }

  private var bestWords: String {
    guard let best, let summary = best.summary(of: figure) else { return "No model was judged." }
    let settings = best.settings.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    return FigureText.name("Best \(figure) \(summary.text): \(settings)", maximumLength: 88)
  }

  /// The setting with most distinct values, of several the first.
  private var widestSetting: String {
    var widest = (name: "", count: 0)
    for name in settingNames {
      let count = distinctValues(of: name).count
      if count > widest.count { widest = (name, count) }
    }
    return widest.name
  }

  /// Numbers in their order, other values in the order first met.
  private func distinctValues(of setting: String) -> [String] {
    var seen: Set<String> = []
    let values = rows.compactMap { $0.value(of: setting) }.filter { seen.insert($0).inserted }
    let numbers = values.compactMap(Self.number)
    if numbers.count < values.count { return values }
    return values.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }.map { values[$0] }
  }

  private func series(
    _ rows: [Row], apartFrom setting: String, _ place: (Row) -> SettingPoint?
  ) -> [Series] {
    var series: [Series] = []
    var indices: [String: Int] = [:]
    let varied = settingNames.filter { $0 != setting && distinctValues(of: $0).count > 1 }
    for row in rows {
      guard let point = place(row) else { continue }
      let others = row.settings.filter { varied.contains($0.name) }
      let name = others.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
      if let index = indices[name] {
        series[index].points.append(point)
      } else {
        indices[name] = series.count
        series.append(Series(name: name.isEmpty ? figure : name, points: [point]))
      }
    }
    return series.map { line in
      Series(name: line.name, points: line.points.sorted { ($0.x, $0.y) < ($1.x, $1.y) })
    }
  }

  /// The number that a value is written as; nil for words, and for numbers that no axis reaches to.
  private static func number(_ value: String) -> Double? {
    Double(value).flatMap { $0 == 0 || (1e-30...1e15).contains($0.magnitude) ? $0 : nil }
  }

  /// By powers of ten when all values are above 0 and far apart.
  private static func axis(_ setting: String, _ numbers: [Double]) -> PlotAxis {
    guard let lowest = numbers.min(), let highest = numbers.max(), lowest > 0,
      highest >= 20 * lowest
    else { return .linear(setting, numbers) }
    return .logarithmic(setting, numbers) { $0 >= 1 ? Words.count(Int(min($0, 1e15))) : "\($0)" }
  }
}
