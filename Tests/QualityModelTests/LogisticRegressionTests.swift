import TestSupport
import Testing

@testable import QualityModel

struct LogisticRegressionTests {
  private func rows(_ weight: TermWeight) -> (SparseRows, labels: [Double], weights: [Double]) {
    let extractor = FeatureExtractor(
      FeatureSettings(
        pipeline: .words, featureCount: 40, termWeight: weight, normalization: .euclidean))
    var scratch = extractor.makeScratch()
    var rows = SparseRows(columnCount: 40)
    let examples = SampleTexts.examples(50, seed: 9)
    for example in examples {
      extractor.extract(example.text.span, into: &scratch)
      rows.append(extractor, &scratch)
    }
    let weights = (0..<50).map { 1 + Double($0 % 3) / 2 }
    return (rows, examples.map { $0.isPositive ? 1 : 0 }, weights)
  }

  @Test(arguments: [(TermWeight.binary, true), (.count, true), (.count, false)])
  func `the gradient is the slope of the objective`(weight: TermWeight, fitsIntercept: Bool) {
    let (rows, labels, weights) = rows(weight)
    let moments = ColumnMoments(rows, weights: weights)
    let objective = LogisticObjective(
      rows, labels: labels, rowWeights: weights, means: moments.means,
      scales: moments.deviations.map { $0 == 0 ? 1 : $0 },
      penalties: (0..<40).map { 0.01 * Double($0) }, fitsIntercept: fitsIntercept)
    var generator = SeededGenerator(seed: 10)
    let point = (0..<objective.dimension).map { _ in Double.random(in: -1...1, using: &generator) }
    let (_, gradient) = objective.evaluate(point)
    for index in point.indices {
      var (left, right) = (point, point)
      left[index] -= 1e-5
      right[index] += 1e-5
      let slope = (objective.evaluate(right).value - objective.evaluate(left).value) / 2e-5
      #expect(abs(slope - gradient[index]) < 1e-8)
    }
  }

  @Test func `means and deviations are those of the written-out rows`() {
    let (rows, _, weights) = rows(.count)
    let moments = ColumnMoments(rows, weights: weights)
    let weightSum = weights.reduce(0, +)
    let freedom = weightSum - weights.reduce(0) { $0 + $1 * $1 } / weightSum
    for column in 0..<40 {
      let values = (0..<rows.rowCount).map { row in
        (rows.starts[row]..<rows.starts[row + 1]).first { rows.columns[$0] == UInt32(column) }
          .map { rows.value($0, row: row) } ?? 0
      }
      let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weightSum
      let sum = zip(values, weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
      #expect(abs(moments.means[column] - mean) < 1e-12)
      #expect(abs(moments.deviations[column] - (sum / freedom).squareRoot()) < 1e-12)
      #expect(moments.rowCounts[column] == values.count { $0 != 0 })
    }
  }

  @Test func `a feature that never varies has no deviation and no weight`() {
    let extractor = FeatureExtractor(
      FeatureSettings(
        pipeline: .spark, featureCount: 1 << 18, termWeight: .count, normalization: .none))
    var scratch = extractor.makeScratch()
    var rows = SparseRows(columnCount: 1 << 18)
    let texts = ["always one", "always two", "always three", "always four"]
    for text in texts {
      extractor.extract(Array(text.utf8).span, into: &scratch)
      rows.append(extractor, &scratch)
    }
    let fit = LogisticRegression.fit(
      rows, labels: [1, 0, 1, 0], rowWeights: [1, 1.3, 0.7, 1], .init(regularization: 0.1))
    #expect(fit.weights.count == 4)
  }

  /// The optimum of a quadratic with an L1 term has a closed form, coordinate by coordinate.
  @Test(arguments: [0.0, 0.5])
  func `quasi-Newton finds the minimum of a quadratic`(penalty: Double) {
    let centers = (0..<30).map { Double($0) / 10 - 1 }
    let curves = (0..<30).map { 1 + Double($0 % 7) }
    let outcome = QuasiNewton(
      maximumIterations: 200, tolerance: 1e-14,
      absolutePenalties: penalty == 0 ? [] : Array(repeating: penalty, count: 30)
    ) { point in
      let distances = zip(point, centers).map { $0 - $1 }
      let value = zip(distances, curves).reduce(0) { $0 + $1.1 * $1.0 * $1.0 / 2 }
      return (value, zip(distances, curves).map { $0 * $1 })
    }.minimize(from: Array(repeating: 0, count: 30))
    for index in 0..<30 {
      let shrunk = max(0, abs(centers[index]) - penalty / curves[index])
      let expected = centers[index] < 0 ? -shrunk : shrunk
      #expect(abs(outcome.point[index] - expected) < 1e-6)
    }
  }
}
