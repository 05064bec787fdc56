/// The weights of a model, found by feature.
struct WeightTable: Sendable {
  let featureCount: Int
  /// One a feature; 0 for those without a weight.
  let weights: [Double]
  /// Bit `i & 63` of word `i >> 6` is set when feature `i` has a weight.
  let marks: [UInt64]

  /// `features` stays below the feature count; `weights` has the same length.
  init(featureCount: Int, features: [UInt32], weights: [Double]) {
    precondition(features.count == weights.count, "one weight a feature")
    var table = [Double](repeating: 0, count: featureCount)
    var marks = [UInt64](repeating: 0, count: (featureCount + 63) / 64)
    for (feature, weight) in zip(features, weights) {
      table[Int(feature)] = weight
      marks[Int(feature >> 6)] |= 1 << UInt64(feature & 63)
    }
    self.featureCount = featureCount
    self.weights = table
    self.marks = marks
  }
}
