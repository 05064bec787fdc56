/// Between features, as models name them, and columns, as the rows of a store do.
struct FeatureColumns {
  private let features: [UInt32]
  private let featureCount: Int

  init(_ store: RowStore, featureCount: Int) {
    features = store.features
    self.featureCount = featureCount
  }

  /// The weights of columns as those of features.
  func ofFeatures(_ matrix: WeightMatrix) -> WeightMatrix {
    renumbered(matrix) { features[Int($0)] }
  }

  /// The weights of features as those of columns; features that no row has fall out.
  func ofColumns(_ matrix: WeightMatrix) -> WeightMatrix {
    var columns = [UInt32](repeating: .max, count: featureCount)
    for (column, feature) in features.enumerated() { columns[Int(feature)] = UInt32(column) }
    return renumbered(matrix) { columns[Int($0)] == .max ? nil : columns[Int($0)] }
  }

  /// One number a column as one a feature; `missing` stands for features that no row has.
  func ofFeatures(_ numbers: [Double], missing: Double) -> [Double] {
    if numbers.isEmpty { return [] }
    var result = [Double](repeating: missing, count: featureCount)
    for (feature, number) in zip(features, numbers) { result[Int(feature)] = number }
    return result
  }

  private func renumbered(_ matrix: WeightMatrix, _ number: (UInt32) -> UInt32?) -> WeightMatrix {
    let rowCount = matrix.rowCount
    let kept = matrix.features.enumerated().compactMap { position, old in
      number(old).map { (number: $0, position: position) }
    }.sorted { $0.number < $1.number }
    return WeightMatrix(
      rowCount: rowCount, features: kept.map(\.number),
      weights: kept.flatMap { entry in
        matrix.weights[entry.position * rowCount..<(entry.position + 1) * rowCount]
      }, intercepts: matrix.intercepts)
  }
}
