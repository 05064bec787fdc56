/// A report for people and for programs.
extension QualityReport {
  private var figures: [(name: String, value: Double?)] {
    [
      ("auc", auc), ("f1", f1), ("precision", precision), ("recall", recall),
      ("accuracy", accuracy), ("log_loss", logLoss), ("prevalence", prevalence),
    ]
  }

  private var counts: [(name: String, value: Int)] {
    [
      ("documents", documentCount), ("true_positives", truePositiveCount),
      ("false_positives", falsePositiveCount), ("true_negatives", trueNegativeCount),
      ("false_negatives", falseNegativeCount),
    ]
  }

  /// One figure a line, rounded to five places, then the confusion matrix.
  package var table: String {
    func row(_ name: String, _ value: String) -> String {
      name + String(repeating: " ", count: max(1, 26 - name.count - value.count)) + value
    }
    var lines = figures.map { row($0.name, Self.rounded($0.value)) }
    lines.append(row("threshold", Self.rounded(threshold)))
    lines += counts.map { row($0.name, String($0.value)) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One JSON object on one line; a figure without meaning is null.
  package var json: String {
    let members =
      figures.map { "\"\($0.name)\":\($0.value.map { "\($0)" } ?? "null")" }
      + ["\"threshold\":\(threshold)"] + counts.map { "\"\($0.name)\":\($0.value)" }
    return "{" + members.joined(separator: ",") + "}"
  }

  private static func rounded(_ value: Double?) -> String {
    guard let value, abs(value) < 1e12 else { return value.map { "\($0)" } ?? "-" }
    let scaled = Int((abs(value) * 100_000).rounded())
    let fraction = String(scaled % 100_000)
    let zeros = String(repeating: "0", count: 5 - fraction.count)
    return "\(value < 0 ? "-" : "")\(scaled / 100_000).\(zeros)\(fraction)"
  }
}
