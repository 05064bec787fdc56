import FoundationEssentials
import TestSupport
import Testing

@testable import QualityModel

struct QualityReportTextTests {
  private struct Members: Decodable {
    struct Bin: Decodable {
      let lower, upper: Double
      let documents, positives: Int
      let mean_score, positive_share: Double?
    }
    struct Source: Decodable {
      struct Histogram: Decodable {
        let positives, negatives: [Int]
      }
      let source: String
      let histogram: Histogram
    }
    struct Averages: Decodable, Equatable {
      let precision, recall, f1: Double
    }
    let auc, accuracy, log_loss, brier, expected_calibration_error: Double?
    let documents, true_negatives: Int
    let micro: Averages?
    let calibration: [Bin]
    let sources: [Source]
  }

  private func report() throws -> QualityReport {
    var documents = ScoredDocuments()
    for index in 0..<40 {
      let source = ["plain", "with \"quotes\" <&> \u{1B}[31m \n", "ünï 文"][index % 3]
      try documents.add(
        score: Double((index * 7) % 40) / 40, isPositive: index % 3 != 1, source: source)
    }
    return QualityReport(documents)
  }

  @Test func `the JSON is JSON with every figure`() throws {
    let report = try report()
    let members = try JSONDecoder().decode(Members.self, from: Data(report.json.utf8))
    #expect(members.auc == report.auc && members.brier == report.brier)
    #expect(members.documents == 40 && members.true_negatives == report.trueNegativeCount)
    #expect(members.micro?.f1 == report.accuracy && members.calibration.count == 10)
    #expect(members.calibration.reduce(0) { $0 + $1.documents } == 40)
    #expect(members.sources.map(\.source) == report.sources.map(\.source))
    #expect(members.sources[0].histogram.positives == report.sources[0].histogram.positiveCounts)
    #expect(!report.json.contains("\n"))
  }

  @Test func `figures without meaning are null in the JSON and a dash in the table`() throws {
    let empty = try QualityReport.evaluate(scores: [], labels: [])
    let members = try JSONDecoder().decode(Members.self, from: Data(empty.json.utf8))
    #expect(members.auc == nil && members.micro == nil && members.documents == 0)
    #expect(empty.table.contains("auc                         -  the chance"))
    let one = try QualityReport.evaluate(scores: [0.1, 0.2], labels: [false, false])
    #expect(one.table.contains("accuracy              1.00000  "))
    #expect(one.json.contains(#""auc":null"#) && one.json.contains(#""accuracy":1.0"#))
  }

  @Test func `the table has no control from outside, and no line is too wide`() throws {
    let table = try report().table
    #expect(table.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 32 })
    #expect(table.contains(#"with "quotes" <&>"#))
    #expect(table.split(separator: "\n").allSatisfy { $0.count <= 120 })
    #expect(table.split(separator: "\n").allSatisfy { !$0.hasSuffix(" ") })
  }

  @Test func `several classes have a table and JSON`() throws {
    var scores = try MulticlassScores(classNames: ["news", "forum", "shop"])
    for index in 0..<30 {
      var row = [0.2, 0.2, 0.2]
      row[(index + (index % 5 == 0 ? 1 : 0)) % 3] = 0.6
      try scores.add(probabilities: row, class: index % 3)
    }
    let report = MulticlassReport(scores)
    #expect(report.confusion.correctCount == 24 && report.confusion.accuracy == 0.8)
    #expect(report.table.contains("forum") && report.table.contains("taken for"))
    let json = try members(report.json)
    #expect(json.classes.map(\.class) == ["news", "forum", "shop"])
    #expect(json.confusion.map { $0.reduce(0, +) } == [10, 10, 10])
  }

  private struct ClassMembers: Decodable {
    struct Row: Decodable { let `class`: String }
    let classes: [Row]
    let confusion: [[Int]]
  }

  private func members(_ text: String) throws -> ClassMembers {
    try JSONDecoder().decode(ClassMembers.self, from: Data(text.utf8))
  }

  @Test func `classes and rows that do not fit are refused`() throws {
    #expect(throws: JudgingError.wrongClassCount(1)) { try MulticlassScores(classNames: ["a"]) }
    var scores = try MulticlassScores(classNames: ["a", "b"])
    #expect(throws: JudgingError.unknownClass(document: 0, class: 2, classCount: 2)) {
      try scores.add(probabilities: [0.5, 0.5], class: 2)
    }
    #expect(throws: JudgingError.wrongProbabilityCount(document: 0, count: 3, classCount: 2)) {
      try scores.add(probabilities: [0.5, 0.5, 0], class: 0)
    }
    #expect(throws: JudgingError.notANumber(document: 0)) {
      try scores.add(probabilities: [0.5, .nan], class: 0)
    }
    #expect(scores.count == 0)
    #expect(MulticlassReport(scores).figures.allSatisfy { $0.value == nil })
  }
}
