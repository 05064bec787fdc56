import FoundationEssentials
import Testing

@testable import QualityModel

/// Figures against those of scikit-learn and Spark; see Tests/Tools/generate-judging-gold.py.
struct JudgingGoldTests {
  private struct Averages: Decodable {
    let macro, micro, weighted: [Double]
  }

  private struct BinaryCase: Decodable {
    let scores: [Double]
    let labels: [Int]
    let threshold: Double
    let auc, average_precision, f1, precision, recall, accuracy: Double?
    let balanced_accuracy, matthews_correlation, log_loss, brier, best_f1: Double?
    let confusion: [[Int]]
    let averages: Averages
    let calibration: [[Double]]?
  }

  private struct MulticlassCase: Decodable {
    let probabilities: [[Double]]
    let classes: [Int]
    let areas: [Double?]
    let auc, log_loss, accuracy, matthews_correlation: Double?
    let confusion: [[Int]]
    let averages: Averages
  }

  private struct SparkCase: Decodable {
    let area_under_pr, area_under_roc: Double
  }

  private func cases<Case: Decodable>(_ lines: String, as type: Case.Type) throws -> [Case] {
    try lines.split(separator: "\n").map {
      try JSONDecoder().decode(type, from: Data($0.utf8))
    }
  }

  private func expectClose(
    _ found: Double?, _ expected: Double?, _ words: String, tolerance: Double = 1e-13
  ) {
    let isClose =
      found == expected
      || found.flatMap { found in expected.map { abs(found - $0) <= tolerance * max(1, abs($0)) } }
        ?? false
    #expect(isClose, "\(words): \(found as Any), not \(expected as Any)")
  }

  private func expectClose(_ matrix: ConfusionMatrix, _ averages: Averages, _ words: String) {
    for (name, expected) in [
      ("macro", averages.macro), ("micro", averages.micro), ("weighted", averages.weighted),
    ] {
      let found = matrix.averages.first { $0.name == name }?.figures
      expectClose(found?.precision, expected[0], "\(words), \(name) precision")
      expectClose(found?.recall, expected[1], "\(words), \(name) recall")
      expectClose(found?.f1, expected[2], "\(words), \(name) f1")
    }
  }

  @Test func `figures of two classes are scikit-learn's`() throws {
    let cases = try cases(JudgingBinaryGold.cases, as: BinaryCase.self)
    #expect(cases.count == 94)
    for (index, gold) in cases.enumerated() {
      let report = try QualityReport.evaluate(
        scores: gold.scores, labels: gold.labels.map { $0 == 1 }, threshold: gold.threshold)
      let words = "case \(index)"
      for (name, expected) in [
        ("auc", gold.auc), ("average_precision", gold.average_precision), ("f1", gold.f1),
        ("precision", gold.precision), ("recall", gold.recall), ("accuracy", gold.accuracy),
      ] {
        let found = report.figures.first { $0.name == name }
        expectClose(found?.value, expected, "\(words), \(name)")
      }
      // With one class scikit-learn answers some of these and refuses others.
      if let expected = gold.log_loss { expectClose(report.logLoss, expected, "\(words), loss") }
      if let expected = gold.brier { expectClose(report.brier, expected, "\(words), Brier") }
      if let expected = gold.best_f1 { expectClose(report.bestF1?.f1, expected, "\(words), best") }
      if Set(gold.labels).count == 2 {
        expectClose(report.confusion.balancedAccuracy, gold.balanced_accuracy, words)
      }
      expectClose(report.confusion.matthewsCorrelation, gold.matthews_correlation, words)
      expectClose(report.confusion, gold.averages, words)
      for (actual, row) in gold.confusion.enumerated() {
        for (predicted, count) in row.enumerated() {
          #expect(report.confusion[actual: actual, predicted: predicted] == count, "\(words)")
        }
      }
      guard let calibration = gold.calibration else { continue }
      let bins = report.calibration.bins.filter { $0.documentCount > 0 }
      #expect(bins.count == calibration[0].count, "\(words)")
      for (bin, (mean, share)) in zip(bins, zip(calibration[0], calibration[1])) {
        expectClose(bin.meanScore, mean, "\(words), mean score")
        expectClose(bin.positiveShare, share, "\(words), share")
      }
    }
  }

  @Test func `figures of several classes are scikit-learn's`() throws {
    let cases = try cases(JudgingMulticlassGold.cases, as: MulticlassCase.self)
    #expect(cases.count == 36)
    for (index, gold) in cases.enumerated() {
      let names = gold.areas.indices.map { "class \($0)" }
      var scores = try MulticlassScores(classNames: names)
      for (row, actual) in zip(gold.probabilities, gold.classes) {
        try scores.add(probabilities: row, class: actual)
      }
      let report = MulticlassReport(scores)
      let words = "case \(index)"
      for (found, expected) in zip(report.classAUCs, gold.areas) {
        expectClose(found, expected, "\(words), area")
      }
      if let expected = gold.auc { expectClose(report.macroAUC, expected, "\(words), macro area") }
      if let expected = gold.log_loss { expectClose(report.logLoss, expected, "\(words), loss") }
      expectClose(report.confusion.accuracy, gold.accuracy, "\(words), accuracy")
      expectClose(report.confusion.matthewsCorrelation, gold.matthews_correlation, words)
      expectClose(report.confusion, gold.averages, words)
      for (actual, row) in gold.confusion.enumerated() {
        for (predicted, count) in row.enumerated() {
          #expect(report.confusion[actual: actual, predicted: predicted] == count, "\(words)")
        }
      }
    }
  }

  @Test func `areas are Spark's`() throws {
    let cases = try cases(JudgingBinaryGold.cases, as: BinaryCase.self)
    let areas = try self.cases(JudgingSparkGold.cases, as: SparkCase.self)
    #expect(cases.count == areas.count)
    for (index, (gold, spark)) in zip(cases, areas).enumerated() {
      let report = try QualityReport.evaluate(
        scores: gold.scores, labels: gold.labels.map { $0 == 1 })
      // Spark says 0 or 1 where a class is missing.
      if report.positiveCount == 0 { continue }
      expectClose(
        report.areaUnderPrecisionRecall, spark.area_under_pr, "case \(index)", tolerance: 1e-12)
      if report.negativeCount == 0 { continue }
      expectClose(report.auc, spark.area_under_roc, "case \(index)", tolerance: 1e-12)
    }
  }
}
