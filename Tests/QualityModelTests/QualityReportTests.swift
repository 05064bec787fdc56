import FoundationEssentials
import TestSupport
import Testing

@testable import QualityModel

struct QualityReportTests {
  @Test(arguments: [
    ([0.1, 0.4, 0.35, 0.8], [false, false, true, true], 0.75 as Double?),
    ([0.1, 0.2], [false, true], 1), ([0.2, 0.1], [false, true], 0),
    ([0.5, 0.5, 0.5], [true, false, true], 0.5), ([0.5], [true], nil), ([], [], nil),
  ])
  func `the area under the curve is the chance of a right order`(
    scores: [Double], labels: [Bool], auc: Double?
  ) {
    #expect(QualityReport.evaluate(scores: scores, labels: labels).auc == auc)
  }

  @Test func `the area agrees with counting all pairs`() {
    var generator = SeededGenerator(seed: 8)
    for count in 2..<80 {
      let scores = (0..<count).map { _ in Double(Int.random(in: 0...12, using: &generator)) / 12 }
      let labels = (0..<count).map { _ in Bool.random(using: &generator) }
      var (wins, pairs) = (0.0, 0.0)
      for good in 0..<count where labels[good] {
        for bad in 0..<count where !labels[bad] {
          pairs += 1
          wins += scores[good] > scores[bad] ? 1 : scores[good] == scores[bad] ? 0.5 : 0
        }
      }
      let auc = QualityReport.evaluate(scores: scores, labels: labels).auc
      #expect(auc == (pairs == 0 ? nil : wins / pairs))
    }
  }

  @Test func `counts and their ratios are right`() throws {
    let report = QualityReport.evaluate(
      scores: [0.9, 0.8, 0.7, 0.5, 0.4, 0.1], labels: [true, true, false, true, true, false])
    #expect(report.truePositiveCount == 2 && report.falsePositiveCount == 1)
    #expect(report.falseNegativeCount == 2 && report.trueNegativeCount == 1)
    #expect(report.precision == 2.0 / 3 && report.recall == 0.5 && report.f1 == 4.0 / 7)
    #expect(report.accuracy == 0.5 && report.prevalence == 4.0 / 6)
    let loss = try #require(report.logLoss)
    let expected = [0.9, 0.8, 0.3, 0.5, 0.4, 0.9].reduce(1, *)
    #expect(abs(ElementaryFunctions.exponential(-6 * loss) - expected) < 1e-12)
  }

  @Test func `figures without meaning are nil, and one sure mistake does not cost infinity`() {
    let none = QualityReport.evaluate(scores: [0.1, 0.2], labels: [false, false])
    #expect(none.precision == nil && none.recall == nil && none.f1 == nil && none.accuracy == 1)
    let empty = QualityReport.evaluate(scores: [], labels: [])
    #expect(empty.accuracy == nil && empty.logLoss == nil && empty.prevalence == nil)
    let wrong = QualityReport.evaluate(scores: [0, 1], labels: [true, false])
    #expect(wrong.logLoss.map { $0 > 36 && $0 < 37 } == true)
  }

  @Test func `the threshold moves the counts and nothing else`() {
    let (scores, labels) = ([0.9, 0.6, 0.4, 0.2], [true, false, true, false])
    let strict = QualityReport.evaluate(scores: scores, labels: labels, threshold: 0.6)
    #expect(strict.truePositiveCount == 1 && strict.falsePositiveCount == 0)
    #expect(strict.auc == QualityReport.evaluate(scores: scores, labels: labels).auc)
  }

  @Test func `the JSON is JSON and the table has one figure a line`() throws {
    let report = QualityReport.evaluate(scores: [0.1, 0.2], labels: [false, false])
    let object = try JSONDecoder().decode([String: Double?].self, from: Data(report.json.utf8))
    #expect(object["accuracy"] == 1.0 && object["documents"] == 2.0)
    #expect(object["auc"] == .some(.none))
    #expect(report.table.contains("accuracy           1.00000\n"))
    #expect(report.table.contains("auc                      -\n"))
  }
}
