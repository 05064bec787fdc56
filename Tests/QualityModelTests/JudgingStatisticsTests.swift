import FoundationEssentials
import TestSupport
import Testing

@testable import QualityModel

struct JudgingStatisticsTests {
  @Test func `folds do not change between versions, and are others under another seed`() {
    let (classes, identities) = ((0..<12).map { $0 % 2 }, (0..<12).map(UInt64.init))
    let folds = Folds(count: 5, seed: 42).stratified(classes: classes, identities: identities)
    #expect(folds == [3, 3, 2, 2, 0, 1, 4, 0, 1, 4, 0, 1])
    let other = Folds(count: 5, seed: 43).stratified(classes: classes, identities: identities)
    #expect(folds != other)
  }

  @Test(arguments: [1, 2, 3, 5, 10]) func `stratified folds are as even as can be`(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    for documentCount in [0, 1, 7, 100, 333] {
      let classes = (0..<documentCount).map { _ in
        [0, 0, 0, 1, 1, 2].randomElement(using: &generator) ?? 0
      }
      let identities = (0..<documentCount).map { _ in generator.next() }
      let folds = Folds(count: count, seed: 3).stratified(classes: classes, identities: identities)
      for wanted in [[0, 1, 2], [0], [1], [2]] {
        let sizes = (0..<count).map { fold in
          folds.indices.filter { folds[$0] == fold && wanted.contains(classes[$0]) }.count
        }
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
      }
      let order = (0..<documentCount).shuffled(using: &generator)
      let shuffled = Folds(count: count, seed: 3).stratified(
        classes: order.map { classes[$0] }, identities: order.map { identities[$0] })
      #expect(shuffled == order.map { folds[$0] })
    }
  }

  @Test(arguments: [0.1, 0.3, 0.5, 0.9]) func `the same share of each class is held out`(
    share: Double
  ) {
    var generator = SeededGenerator(seed: 17)
    for documentCount in [0, 1, 2, 5, 240, 3000] {
      let classes = (0..<documentCount).map { $0 % 3 == 0 ? 0 : $0 % 7 == 0 ? 2 : 1 }
      let identities = (0..<documentCount).map { _ in generator.next() }
      let held = Folds.heldOut(share: share, classes: classes, identities: identities, seed: 4)
      for index in 0..<3 {
        let size = classes.filter { $0 == index }.count
        let heldCount = held.indices.filter { held[$0] && classes[$0] == index }.count
        #expect(abs(Double(heldCount) - share * Double(size)) <= 1)
        #expect(size < 2 ? heldCount == 0 : heldCount > 0 && heldCount < size)
      }
      let order = (0..<documentCount).shuffled(using: &generator)
      let shuffled = Folds.heldOut(
        share: share, classes: order.map { classes[$0] }, identities: order.map { identities[$0] },
        seed: 4)
      #expect(shuffled == order.map { held[$0] })
    }
  }

  @Test func `mean and deviation are the sample's`() throws {
    let summary = FigureSummary(name: "auc", values: [2, 4, nil, 4, 4, 5, 5, 7, 9])
    #expect(summary.count == 8 && summary.mean == 5)
    let deviation = try #require(summary.standardDeviation)
    #expect(abs(deviation - (32.0 / 7).squareRoot()) < 1e-15)
    let equal = FigureSummary(name: "auc", values: [0.1, 0.1, 0.1])
    #expect(equal.mean == 0.1 && equal.standardDeviation == 0)
    let one = FigureSummary(name: "auc", values: [0.3])
    #expect(one.mean == 0.3 && one.standardDeviation == nil && one.text == "0.30000")
    let none = FigureSummary(name: "auc", values: [nil])
    #expect(none.mean == nil && none.count == 0 && none.text == "-")
  }

  @Test func `cross-validation sums up each figure`() throws {
    let folds = try [[true, false], [true, true], [false, true]].map { labels in
      try QualityReport.evaluate(scores: [0.8, 0.3], labels: labels).figures
    }
    let result = try CrossValidation(folds: folds)
    #expect(result.summary(of: "auc")?.count == 2 && result.summary(of: "auc")?.mean == 0.5)
    #expect(result.summary(of: "accuracy")?.mean == 0.5)
    #expect(result.table.contains("3 folds") && result.table.contains("fold 3"))
    #expect(result.json.contains(#""auc":{"mean":0.5,"#) && result.json.contains("[1.0,null,0.0]"))
    let many = try CrossValidation(folds: folds + folds)
    #expect(many.table.contains("6 folds") && many.table.contains("lowest  highest"))
    #expect(throws: JudgingError.self) {
      try CrossValidation(folds: [folds[0], Array(folds[1].dropLast())])
    }
    #expect(try CrossValidation(folds: []).summaries.isEmpty)
  }

  private func row(_ value: String, _ figure: Double?, name: String = "auc") -> SearchResult.Row {
    SearchResult.Row(
      settings: [.init("x", value)], figures: [FigureSummary(name: name, values: [figure])])
  }

  @Test func `the best row is the first of the best, and losses are better when small`() {
    let rows = [row("a", 0.5), row("b", nil), row("c", 0.9), row("d", 0.9)]
    let result = SearchResult(rows: rows)
    #expect(result.ranked.map { $0.value(of: "x") } == ["c", "d", "a", "b"])
    #expect(result.best == rows[2])
    let losses = [row("a", 0.5, name: "log_loss"), row("b", 0.2, name: "log_loss")]
    #expect(SearchResult(rows: losses, figure: "log_loss").best == losses[1])
    #expect(SearchResult(rows: [row("b", nil)]).best == nil)
    #expect(SearchResult(rows: []).json == #"{"figure":"auc","best":null,"rows":[]}"#)
  }

  private struct SearchMembers: Decodable {
    struct Row: Decodable {
      struct Summary: Decodable { let mean: Double? }
      let settings: [String: String]
      let figures: [String: Summary]
    }
    let best: Row?
    let rows: [Row]
  }

  @Test func `a search has a table, the best first, and JSON`() throws {
    let result = SearchResult(rows: [row("1-1", 0.5), row("1-2", 0.9)])
    let lines = result.table.split(separator: "\n")
    #expect(lines.count == 4 && lines[2].hasPrefix("1-2  0.90000"))
    #expect(
      SearchResult(rows: result.rows, figure: "brier").table.hasPrefix("x    brier      auc\n"))
    let members = try JSONDecoder().decode(SearchMembers.self, from: Data(result.json.utf8))
    #expect(members.best?.settings == ["x": "1-2"] && members.rows.count == 2)
    #expect(members.rows[0].figures["auc"]?.mean == 0.5)
  }

  @Test func `a learning curve goes from few to many documents`() {
    let summary = FigureSummary(name: "auc", values: [0.8, 0.9])
    let curve = LearningCurve(
      points: [1000, 10].map { LearningCurve.Point(documentCount: $0, heldOut: summary) })
    #expect(curve.points.map(\.documentCount) == [10, 1000])
    #expect(curve.table.contains("1,000      0.85000 ± 0.07071"))
    #expect(
      curve.json.hasPrefix(#"{"figure":"auc","points":[{"documents":10,"held_out":{"mean":0.85"#))
  }
}
