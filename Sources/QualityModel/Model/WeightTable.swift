/// The weights of a model, found by feature.
struct WeightTable: Sendable {
  let featureCount: Int
  let rowCount: Int
  /// `rowCount` a feature; 0 for those without a weight.
  let weights: [Double]
  /// Bit `i & 63` of word `i >> 6` is set when feature `i` has a weight.
  let marks: [UInt64]
  /// What a feature's count is multiplied with; empty when counts stand as they are.
  let inverseDocumentFrequencies: [Double]

  /// Features stay below the feature count; there is no or one inverse document frequency a feature.
  init(featureCount: Int, _ matrix: WeightMatrix, inverseDocumentFrequencies: [Double]) {
    let rowCount = matrix.rowCount
    var table = [Double](repeating: 0, count: featureCount * rowCount)
    var marks = [UInt64](repeating: 0, count: (featureCount + 63) / 64)
    for (position, feature) in matrix.features.enumerated() {
      for row in 0..<rowCount {
        table[Int(feature) * rowCount + row] = matrix.weights[position * rowCount + row]
      }
      marks[Int(feature >> 6)] |= 1 << UInt64(feature & 63)
    }
    self.featureCount = featureCount
    self.rowCount = rowCount
    self.weights = table
    self.marks = marks
    self.inverseDocumentFrequencies = inverseDocumentFrequencies
  }
}
