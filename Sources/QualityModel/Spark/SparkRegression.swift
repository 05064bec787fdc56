/// Spark ML's LogisticRegressionModel: weights, intercepts and thresholds.
struct SparkRegression {
  /// More weights than that, whatever their value, would not be held in memory.
  private static let maximumWeightCount = 1 << 30

  let stage: SparkStage
  let data: SparkModelData
  let isMultinomial: Bool
  let classCount: Int
  let featureCount: Int

  init(_ stage: SparkStage) throws(QualityModelError) {
    let data = try SparkModelData(stage)
    self.stage = stage
    self.data = data
    featureCount = try data.integer("numFeatures")
    classCount = try data.integer("numClasses")
    // Spark before 2.1 had two labels alone.
    isMultinomial = data.has("isMultinomial") ? try data.boolean("isMultinomial") : false
    guard FeatureSettings.featureCounts.contains(featureCount) else {
      throw QualityModelError(
        path: data.path, message: "has \(featureCount) features; from 1 to 2^30 can be done")
    }
    guard isMultinomial ? classCount >= 2 : (1...2).contains(classCount) else {
      throw data.failure("has \(classCount) classes")
    }
    guard rowCount <= Self.maximumWeightCount / featureCount else {
      throw QualityModelError(
        path: data.path,
        message: "has \(rowCount) × \(featureCount) weights; 2^30 can be done at most")
    }
  }

  var rowCount: Int { isMultinomial ? classCount : 1 }

  func weights() throws(QualityModelError) -> WeightMatrix {
    let (matrix, intercepts) = try parts()
    guard matrix.entries.allSatisfy({ $0.value.isFinite }) else {
      throw data.failure("has a coefficient that is not a finite number")
    }
    // A model of one label alone has an infinite intercept.
    guard intercepts.allSatisfy({ !$0.isNaN }) else {
      throw data.failure("has an intercept that is not a number")
    }
    let rowCount = rowCount
    var features: [UInt32] = []
    var weights: [Double] = []
    for entry in matrix.entries.sorted(by: { $0.column < $1.column }) {
      if features.last.map(Int.init) != entry.column {
        features.append(UInt32(entry.column))
        weights.append(contentsOf: repeatElement(0, count: rowCount))
      }
      weights[weights.count - rowCount + entry.row] = entry.value
    }
    return WeightMatrix(
      rowCount: rowCount, features: features, weights: weights, intercepts: intercepts,
      sumsFromIntercepts: isMultinomial && matrix.isSparseByColumns)
  }

  private func parts() throws(QualityModelError) -> (SparkModelData.Matrix, [Double]) {
    if data.has("coefficientMatrix") {
      return (
        try data.matrix("coefficientMatrix", rowCount: rowCount, columnCount: featureCount),
        try data.vector("interceptVector", size: rowCount)
      )
    }
    let coefficients = try data.vector("coefficients", size: featureCount)
    let entries = coefficients.enumerated().filter { $0.element != 0 }.map {
      SparkModelData.Entry(row: 0, column: $0.offset, value: $0.element)
    }
    return (
      SparkModelData.Matrix(entries: entries, isSparseByColumns: false),
      [try data.number("intercept")]
    )
  }

  /// Of two labels `thresholds`, where it is set, goes before `threshold`.
  func decision() throws(QualityModelError) -> DecisionRule {
    let thresholds = try stage.numbers("thresholds")
    if let thresholds {
      guard thresholds.count == max(2, rowCount),
        thresholds.allSatisfy({ $0 >= 0 && $0.isFinite }),
        thresholds.filter({ $0 == 0 }).count < 2
      else {
        throw stage.failure(
          "has thresholds that are not one number of 0 or more a class, at most one of them 0")
      }
    }
    if isMultinomial {
      return .thresholds(thresholds ?? Array(repeating: 1, count: rowCount))
    }
    var threshold = try stage.number("threshold", default: 0.5)
    if let thresholds { threshold = DecisionRule.threshold(of: thresholds) }
    guard (0...1).contains(threshold) else {
      throw stage.failure("has a threshold of \(threshold); from 0 to 1 makes sense")
    }
    return .threshold(threshold)
  }
}
