import Reports
import TestSupport
import Testing

@testable import QualityModel

struct JudgingPlotTests {
  private func report(_ documentCount: Int, source: String = "web") throws -> QualityReport {
    var generator = SeededGenerator(seed: 5)
    var documents = ScoredDocuments()
    for index in 0..<documentCount {
      let isPositive = Int.random(in: 0..<3, using: &generator) == 0
      let score = Double.random(in: 0...1, using: &generator)
      try documents.add(
        score: isPositive ? score.squareRoot() : score, isPositive: isPositive,
        source: "\(source) \(index % 11)")
    }
    return QualityReport(documents, threshold: 0.7)
  }

  private func search(_ values: [String], other: [String] = [""], figure: String = "auc")
    -> SearchResult
  {
    var rows: [SearchResult.Row] = []
    for (index, value) in values.enumerated() {
      for name in other {
        rows.append(
          SearchResult.Row(
            settings: [.init("regularization", value), .init("ngrams", name)],
            figures: [
              FigureSummary(name: figure, values: [0.9 + Double(index) / 1000, 0.92, nil])
            ]))
      }
    }
    return SearchResult(rows: rows, figure: figure)
  }

  private func curve(_ documentCounts: [Int]) -> LearningCurve {
    LearningCurve(
      points: documentCounts.map {
        let summary = FigureSummary(name: "auc", values: [0.8, 0.9])
        return LearningCurve.Point(documentCount: $0, heldOut: summary, training: summary)
      })
  }

  /// What is wrong with a drawing as XML, or with its numbers.
  private func fault(_ svg: String) -> String? {
    var open: [Substring] = []
    for piece in svg.split(separator: "<") {
      guard let end = piece.firstIndex(of: ">") else { return "no end: \(piece)" }
      let tag = piece[..<end]
      let name = tag.prefix { $0 != " " && $0 != "/" }
      if tag.hasPrefix("/") {
        if open.popLast() != tag.dropFirst() { return "ends wrongly: \(piece)" }
      } else if !tag.hasSuffix("/") {
        open.append(name)
      }
      let quoted = tag.split(separator: "\"", omittingEmptySubsequences: false)
      if quoted.count % 2 == 0 { return "a quote too few: \(tag)" }
      for (index, value) in quoted.enumerated() where index % 2 == 1 {
        let isNumeric = [" x=", " y=", " d=", " cx=", " cy=", "width=", "height=", " r="]
          .contains { quoted[index - 1].hasSuffix($0) }
        if isNumeric, !value.allSatisfy({ "0123456789.- MLZ".contains($0) }) {
          return "no number: \(tag)"
        }
      }
    }
    return open.isEmpty ? nil : "left open: \(open)"
  }

  @Test(arguments: [0, 1, 2, 9, 3000]) func `plots are XML with numbers`(count: Int) throws {
    let report = try report(count)
    for plot in report.plots {
      #expect(fault(plot.svg) == nil, "\(plot.fileName)")
      #expect(plot.svg.utf8.count < 64_000, "\(plot.fileName)")
      #expect(plot.svg.hasPrefix("<svg xmlns="))
    }
    #expect(try self.report(count).plots == report.plots)
    #expect(Set(report.plots.map(\.fileName)).count == 5)
  }

  @Test(arguments: [(2, 0), (3, 1), (3, 300), (30, 400)])
  func `several classes have plots`(classCount: Int, documentCount: Int) throws {
    var generator = SeededGenerator(seed: 6)
    var scores = try MulticlassScores(classNames: (0..<classCount).map { "<class> \($0)" })
    for index in 0..<documentCount {
      var row = (0..<classCount).map { _ in Double.random(in: 0...0.8, using: &generator) }
      row[index % classCount] += 0.2
      try scores.add(probabilities: row, class: index % classCount)
    }
    let report = MulticlassReport(scores)
    #expect(report.curves.count == min(8, classCount))
    for plot in report.plots {
      #expect(fault(plot.svg) == nil, "\(plot.fileName)")
      #expect(plot.svg.utf8.count < 100_000, "\(plot.fileName)")
    }
  }

  @Test func `names from outside are escaped`() throws {
    let svg = try report(40, source: "<b>&\"x\"\u{1}\u{FFFE}").sourcePlot
    #expect(fault(svg) == nil)
    #expect(svg.contains("&lt;b&gt;&amp;&quot;x&quot;") && !svg.contains("<b>"))
    let escaped = SVGCanvas.escaped("a\u{0}\n<\u{FFFF}😀")
    #expect(escaped == "a\u{FFFD} &lt;\u{FFFD}😀")
  }

  private static let settingValues: [[String]] = [
    [], ["0"], ["0", "1e-05", "0.001"], ["nan", "inf", "1e300", "-1e300"], ["a", "b"],
    (0..<40).map { "\(1 / (1 + Double($0 * $0 * $0)))" }, (0..<40).map { "\($0)" },
    (0..<40).map { "value \($0)" },
  ]

  @Test(arguments: settingValues) func `a search has a plot whatever its settings`(values: [String])
  {
    for other in [["1"], ["1", "2", "3"], (0..<9).map { "<\($0)>" }] {
      for figure in ["auc", "log_loss"] {
        let result = search(values, other: other, figure: figure)
        #expect(fault(result.plot) == nil)
        #expect(result.plot.utf8.count < 200_000)
      }
    }
  }

  @Test(arguments: [[], [0], [1], [1500], [10, 20], [3, 1000, 2_000_000_000]])
  func `a learning curve has a plot whatever its points`(documentCounts: [Int]) {
    #expect(fault(curve(documentCounts).plot) == nil)
  }

  private static let rangesAndLabels: [([Double], [String])] = [
    ([0.0, 1], ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]), ([0.973, 0.981], ["0.972", "0.974"]),
    ([0, 37], ["0", "10", "20", "30", "40"]), ([5, 5], ["4.4", "4.6"]), ([-3, 12], ["-5", "0"]),
    ([0, 0.0031], ["0.000", "0.001", "0.002", "0.003", "0.004"]),
    ([0, 2300], ["0", "500", "1000"]),
    ([0.5, 0.5 + 1e-17], ["0.44", "0.46"]), ([1e15, 1e15 + 4], ["900000000000000"]),
  ]

  @Test(arguments: rangesAndLabels) func `ticks are round`(values: [Double], labels: [String]) {
    let axis = PlotAxis.linear("", values)
    #expect(axis.ticks.map(\.label).starts(with: labels), "\(axis.ticks.map(\.label))")
    for value in values { #expect((0...1).contains(axis.position(value))) }
    for tick in axis.ticks { #expect((-1e-9...1 + 1e-9).contains(tick.position)) }
  }

  @Test func `limits are not crossed for roundness`() {
    let axis = PlotAxis.linear("", [0.83, 0.999], limits: 0...1)
    #expect(axis.ticks.last?.label == "1.00" && axis.ticks.first?.label == "0.80")
    let flat = PlotAxis.linear("", [1, 1], limits: 0...1)
    #expect(flat.position(1) == 1 && flat.ticks.count > 2)
  }

  @Test func `names stand side by side and far from all are written when there are many`() {
    let axis = PlotAxis.names("", (0..<30).map { "\($0)" })
    #expect(axis.ticks.map(\.label) == ["0", "3", "6", "9", "12", "15", "18", "21", "24", "27"])
    #expect(axis.position(0) > 0 && axis.position(29) < 1)
  }
}
