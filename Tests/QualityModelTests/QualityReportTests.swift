import ByteKernels
import FoundationEssentials
import Reports
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
  ) throws {
    #expect(try QualityReport.evaluate(scores: scores, labels: labels).auc == auc)
  }

  @Test func `figures agree with their definitions, whatever the order of the documents`() throws {
    var generator = SeededGenerator(seed: 8)
    for count in 0..<90 {
      let steps = [1, 4, 12, 1000][count % 4]
      let scores = (0..<count).map { _ in
        Double(Int.random(in: 0...steps, using: &generator)) / Double(steps)
      }
      let labels = (0..<count).map { _ in Bool.random(using: &generator) }
      let report = try QualityReport.evaluate(scores: scores, labels: labels)
      let twin = JudgingReference(scores: scores, labels: labels)
      #expect(report.auc == twin.auc)
      #expect(isClose(report.aucStandardError, twin.aucStandardError))
      #expect(isClose(report.averagePrecision, twin.averagePrecision))
      #expect(report.bestF1?.f1 == twin.bestF1)
      #expect(isClose(report.calibration.expectedError, twin.expectedCalibrationError))
      let keptCounts = QualityReport.keptPercents.compactMap { twin.keptCount(percent: $0) }
      #expect(report.keptShares.map(\.keptCount) == keptCounts)
      let order = (0..<count).shuffled(using: &generator)
      let shuffled = try QualityReport.evaluate(
        scores: order.map { scores[$0] }, labels: order.map { labels[$0] })
      #expect(shuffled == report)
    }
  }

  private func isClose(_ left: Double?, _ right: Double?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return abs(left - right) < 1e-12
  }

  @Test func `every threshold keeps what it says`() throws {
    var generator = SeededGenerator(seed: 9)
    for count in 1..<60 {
      let scores = (0..<count).map { _ in
        [0, .leastNonzeroMagnitude, 0.5, Double(0.5).nextUp, 0.7, 1, 1.00001]
          .randomElement(using: &generator) ?? 0
      }
      let labels = scores.map { $0 > 0.4 }
      let report = try QualityReport.evaluate(scores: scores, labels: labels)
      for effect in report.keptShares + [report.bestF1].compactMap(\.self) {
        #expect(scores.filter { $0 > effect.threshold }.count == effect.keptCount)
        let again = try QualityReport.evaluate(
          scores: scores, labels: labels, threshold: effect.threshold)
        #expect(again.truePositiveCount == effect.truePositiveCount)
        #expect(again.precision == effect.precision && again.recall == effect.recall)
        #expect((again.f1 ?? 0) == effect.f1)
      }
    }
  }

  @Test func `counts and their ratios are right`() throws {
    let report = try QualityReport.evaluate(
      scores: [0.9, 0.8, 0.7, 0.5, 0.4, 0.1], labels: [true, true, false, true, true, false])
    #expect(report.truePositiveCount == 2 && report.falsePositiveCount == 1)
    #expect(report.falseNegativeCount == 2 && report.trueNegativeCount == 1)
    #expect(report.precision == 2.0 / 3 && report.recall == 0.5 && report.f1 == 4.0 / 7)
    #expect(report.accuracy == 0.5 && report.prevalence == 4.0 / 6)
    let loss = try #require(report.logLoss)
    let expected = [0.9, 0.8, 0.3, 0.5, 0.4, 0.9].reduce(1, *)
    #expect(abs(ElementaryFunctions.exponential(-6 * loss) - expected) < 1e-12)
  }

  @Test func `figures without meaning are nil, and one sure mistake does not cost infinity`() throws
  {
    let none = try QualityReport.evaluate(scores: [0.1, 0.2], labels: [false, false])
    #expect(none.precision == nil && none.recall == nil && none.f1 == nil && none.accuracy == 1)
    #expect(none.averagePrecision == nil && none.areaUnderPrecisionRecall == nil)
    #expect(none.bestF1 == nil && none.keptShares.last?.recall == nil)
    let empty = try QualityReport.evaluate(scores: [], labels: [])
    #expect(empty.figures.allSatisfy { $0.value == nil } && empty.prevalence == nil)
    let wrong = try QualityReport.evaluate(scores: [0, 1], labels: [true, false])
    #expect(wrong.logLoss.map { $0 > 36 && $0 < 37 } == true)
  }

  @Test func `the threshold moves the decisions and nothing else`() throws {
    let (scores, labels) = ([0.9, 0.6, 0.4, 0.2], [true, false, true, false])
    let strict = try QualityReport.evaluate(scores: scores, labels: labels, threshold: 0.6)
    #expect(strict.truePositiveCount == 1 && strict.falsePositiveCount == 0)
    let usual = try QualityReport.evaluate(scores: scores, labels: labels)
    #expect(strict.rankingFigures == usual.rankingFigures)
    #expect(strict.calibration == usual.calibration && strict.keptShares == usual.keptShares)
  }

  @Test func `probabilities rounded a little beyond 1 are probabilities, and rank`() throws {
    let report = try QualityReport.evaluate(
      scores: [1.00001, 1, -0.00001, 0], labels: [true, false, false, true])
    #expect(report.auc == 0.75 && report.brier == 0.5)
    #expect(report.calibration.bins[9].documentCount == 2)
    #expect(report.histogram.positiveCounts[19] == 1 && report.histogram.negativeCounts[0] == 1)
  }

  @Test(arguments: [
    ([0.5, .nan], [true, false], JudgingError.notANumber(document: 1)),
    ([-.infinity], [true], .notANumber(document: 0)),
    ([0.1, 0.2, 1.01], [true, true, true], .notAProbability(document: 2, score: 1.01)),
    ([0.1], [], .unequalCounts(scores: 1, labels: 0)),
  ])
  func `what is no probability is refused`(scores: [Double], labels: [Bool], error: JudgingError) {
    #expect(throws: error) { try QualityReport.evaluate(scores: scores, labels: labels) }
    #expect(error.description.contains("score"))
  }

  @Test func `a NaN threshold takes nothing for good`() throws {
    let report = try QualityReport.evaluate(scores: [0.9], labels: [true], threshold: .nan)
    #expect(report.falseNegativeCount == 1 && report.json.contains(#""threshold":null"#))
  }

  @Test func `each source is judged by itself, the largest first`() throws {
    var documents = ScoredDocuments()
    try documents.add(score: 0.2, isPositive: true)
    for (score, isPositive, source) in [
      (0.9, true, "web"), (0.8, false, "web"), (0.1, false, "web"), (0.7, true, "books"),
    ] {
      try documents.add(score: score, isPositive: isPositive, source: source)
    }
    let report = QualityReport(documents)
    #expect(report.sources.map(\.source) == ["web", "", "books"])
    #expect(report.sources.map(\.documentCount) == [3, 1, 1])
    #expect(report.sources.map(\.auc) == [1, nil, nil])
    #expect(report.sources.map(\.keptCount) == [2, 0, 1])
    #expect(report.sources[0].histogram.negativeCounts[15] == 1)
  }

  @Test func `sources beyond the limit are taken together`() throws {
    var documents = ScoredDocuments()
    for index in 0..<1000 {
      try documents.add(score: 0.5, isPositive: true, source: "site \(index)")
    }
    let sources = QualityReport(documents).sources
    #expect(sources.count == ScoredDocuments.maximumSourceCount + 1)
    #expect(sources[0].source == ScoredDocuments.otherSources)
    #expect(sources.reduce(0) { $0 + $1.documentCount } == 1000 && sources[0].documentCount == 744)
  }

  @Test(arguments: [(0.0, 0), (0.1, 0), (0.3, 2), (Double(0.3).nextUp, 3), (1, 9), (-1, 0), (2, 9)])
  func `a score on an edge belongs to the bin below`(score: Double, bin: Int) {
    #expect(ScoreBins(count: 10).index(of: score) == bin)
  }

  @Test(arguments: [1, 3, 7, 10, 20, 49]) func `edges agree with bins`(count: Int) {
    let bins = ScoreBins(count: count)
    for bin in 1..<max(count, 2) where bin < count {
      let edge = bins.lowerEdge(bin)
      #expect(bins.index(of: edge) == bin - 1 && bins.index(of: edge.nextUp) == bin)
    }
  }

  @Test func `a curve of a hundred thousand points keeps its shape in a few hundred`() throws {
    var generator = SeededGenerator(seed: 10)
    let labels = (0..<100_000).map { _ in Int.random(in: 0..<4, using: &generator) == 0 }
    let scores = labels.map { label in
      let draw = Double.random(in: 0...1, using: &generator)
      return label ? draw.squareRoot() : draw
    }
    let report = try QualityReport.evaluate(scores: scores, labels: labels)
    for curve in [report.rocCurve, report.precisionRecallCurve] {
      #expect((20...CurveThinner.maximumPointCount).contains(curve.count))
    }
    #expect(report.rocCurve.first == CurvePoint(0, 0) && report.rocCurve.last == CurvePoint(1, 1))
    let auc = try #require(report.auc)
    let precision = try #require(report.averagePrecision)
    #expect(abs(area(report.rocCurve) - auc) < 0.001)
    #expect(abs(area(report.precisionRecallCurve) - precision) < 0.005)
  }

  private func area(_ curve: [CurvePoint]) -> Double {
    zip(curve, curve.dropFirst()).reduce(0) { $0 + ($1.1.x - $1.0.x) * ($1.1.y + $1.0.y) / 2 }
  }

  @Test func `a curve of few points keeps them all`() throws {
    let report = try QualityReport.evaluate(
      scores: [0.9, 0.8, 0.7, 0.1], labels: [true, false, true, false])
    let corners = [(0, 0), (0, 0.5), (0.5, 0.5), (0.5, 1), (1, 1)].map { CurvePoint($0.0, $0.1) }
    #expect(report.rocCurve == corners)
  }
}
