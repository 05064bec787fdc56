internal import Reports

/// A figure's mean and spread over folds or repetitions.
package struct FigureSummary: Sendable, Equatable {
  package let name: String
  /// The values there are; folds where the figure has no meaning are left out.
  package let count: Int
  /// Nil without values.
  package let mean: Double?
  /// The sample's, with the count less one as divisor; nil below two values.
  package let standardDeviation: Double?

  package init(name: String, values: [Double?]) {
    let known = values.compactMap(\.self)
    self.name = name
    count = known.count
    if known.isEmpty {
      mean = nil
      standardDeviation = nil
      return
    }
    // Distances from the first value: equal values then have no spread by rounding.
    let offsets = known.map { $0 - known[0] }
    let meanOffset = offsets.reduce(0, +) / Double(known.count)
    mean = known[0] + meanOffset
    if known.count < 2 {
      standardDeviation = nil
    } else {
      let squares = offsets.reduce(0.0) { $0 + ($1 - meanOffset) * ($1 - meanOffset) }
      standardDeviation = (squares / Double(known.count - 1)).squareRoot()
    }
  }

  /// The figures whose smaller value is the better one.
  private static let losses: Set = [
    "log_loss", "brier", "expected_calibration_error", "maximum_calibration_error",
  ]

  /// True when a smaller value of the figure is better.
  package static func isLoss(_ name: String) -> Bool { losses.contains(name) }

  /// `0.98765 ± 0.00123`, or without the spread when there is none.
  var text: String {
    guard let standardDeviation else { return FigureText.decimal(mean) }
    return "\(FigureText.decimal(mean)) ± \(FigureText.decimal(standardDeviation))"
  }

  var json: JSONValue {
    .object([
      ("mean", JSONValue(mean)), ("standard_deviation", JSONValue(standardDeviation)),
      ("count", .integer(count)),
    ])
  }

  /// One summary a figure; every list must have the same names in the same order.
  package static func summaries(
    _ lists: [[QualityFigure]]
  ) throws(JudgingError) -> [FigureSummary] {
    guard let names = lists.first?.map(\.name) else { return [] }
    for list in lists where list.map(\.name) != names {
      throw .unequalFigures(expected: names, found: list.map(\.name))
    }
    return names.indices.map { index in
      FigureSummary(name: names[index], values: lists.map { $0[index].value })
    }
  }
}
