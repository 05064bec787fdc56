import TestSupport
import Testing

@testable import QualityModel

struct LogisticRegressionTests {
  private func objective(
    _ store: RowStore, rowCount: Int, fitsIntercept: Bool
  ) async throws -> LogisticObjective {
    let moments = try await ColumnMoments(
      store, weights: store.weights, lanes: [MomentLane(store)])
    return LogisticObjective(
      store, weights: store.weights, rowCount: rowCount,
      lanes: [PassLane(store, rowCount: rowCount)],
      columns: .init(
        numbers: (0..<40).map { UInt32($0) }, factors: (0..<40).map { 1 + Double($0) / 40 },
        means: zip(moments.means, 0..<40).map { $0 * (1 + Double($1) / 40) },
        scales: moments.deviations.map { $0 == 0 ? 1 : $0 },
        penalties: (0..<40).map { 0.01 * Double($0) }), fitsIntercept: fitsIntercept)
  }

  @Test(arguments: [(2, 1, true), (2, 1, false), (2, 2, true), (4, 4, true), (3, 3, false)])
  func `the objective is its formula's, and the gradient its slope`(
    labelCount: Int, rowCount: Int, fitsIntercept: Bool
  ) async throws {
    let (dense, store) = try DenseRows.sample(
      50, columnCount: 40, labelCount: labelCount, seed: 9)
    let objective = try await objective(store, rowCount: rowCount, fitsIntercept: fitsIntercept)
    var generator = SeededGenerator(seed: 10)
    let point = (0..<objective.dimension).map { _ in Double.random(in: -1...1, using: &generator) }
    let (value, gradient) = try await objective.evaluate(point)
    let (weights, intercepts) = objective.weights(at: point)
    // The reference knows no factors: they are part of its weights.
    let rows = (0..<rowCount).map { row in
      (0..<40).map { weights[$0 * rowCount + row] * objective.columns.factors[$0] }
    }
    var penalty = 0.0
    for place in 0..<40 * rowCount {
      penalty += objective.columns.penalties[place / rowCount] * point[place] * point[place] / 2
    }
    #expect(abs(value - penalty - dense.loss(rows, intercepts: intercepts)) < 1e-12)
    for index in point.indices {
      var (left, right) = (point, point)
      left[index] -= 1e-5
      right[index] += 1e-5
      let above = try await objective.evaluate(right).value
      let below = try await objective.evaluate(left).value
      #expect(abs((above - below) / 2e-5 - gradient[index]) < 1e-8)
    }
    if fitsIntercept {
      let back = objective.point(weights: weights, intercepts: intercepts)
      #expect(zip(back, point).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  @Test func `means and deviations are those of the written-out rows`() async throws {
    let (dense, store) = try DenseRows.sample(50, columnCount: 40, labelCount: 2, seed: 9)
    let moments = try await ColumnMoments(
      store, weights: store.weights, lanes: [MomentLane(store)])
    let weightSum = dense.weights.reduce(0, +)
    let freedom = weightSum - dense.weights.reduce(0) { $0 + $1 * $1 } / weightSum
    for column in 0..<40 {
      let values = dense.rows.map { $0[column] }
      let mean = zip(values, dense.weights).reduce(0) { $0 + $1.0 * $1.1 } / weightSum
      let sum = zip(values, dense.weights).reduce(0) {
        $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean)
      }
      #expect(abs(moments.means[column] - mean) < 1e-12)
      #expect(abs(moments.deviations[column] - (sum / freedom).squareRoot()) < 1e-12)
      #expect(Int(moments.rowCounts[column]) == values.count { $0 != 0 })
    }
  }

  @Test func `a feature that never varies has no deviation and no weight`() async throws {
    var settings = QualityTrainingSettings()
    settings.pipeline = .spark
    settings.regularization = 0.1
    let weights = [1, 1.3, 0.7, 1]
    let texts = ["always one", "always two", "always three", "always four"].enumerated().map {
      LabelledText(text: Array($1.utf8), label: 1 - $0 % 2, weight: weights[$0])
    }
    #expect(try await TestTraining.model(texts, settings).weights.features.count == 4)
  }

  /// The optimum of a quadratic with an L1 term has a closed form, coordinate by coordinate.
  @Test(arguments: [0.0, 0.5])
  func `quasi-Newton finds the minimum of a quadratic`(penalty: Double) async throws {
    let centers = (0..<30).map { Double($0) / 10 - 1 }
    let curves = (0..<30).map { 1 + Double($0 % 7) }
    let outcome = try await QuasiNewton(
      maximumIterations: 200, tolerance: 1e-14,
      absolutePenalties: penalty == 0 ? [] : Array(repeating: penalty, count: 30)
    ) { point in
      let distances = zip(point, centers).map { $0 - $1 }
      let value = zip(distances, curves).reduce(0) { $0 + $1.1 * $1.0 * $1.0 / 2 }
      return (value, zip(distances, curves).map { $0 * $1 })
    } goesOn: { _, _ in
      true
    }.minimize(from: Array(repeating: 0, count: 30))
    for index in 0..<30 {
      let shrunk = max(0, abs(centers[index]) - penalty / curves[index])
      let expected = centers[index] < 0 ? -shrunk : shrunk
      #expect(abs(outcome.point[index] - expected) < 1e-6)
    }
  }
}
