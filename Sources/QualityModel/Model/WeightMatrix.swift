/// The weights and intercepts of a linear model: one row for two labels, else one row a label.
package struct WeightMatrix: Sendable, Equatable {
  /// One row gives the log odds of the second of two labels; more give a margin a label.
  package let rowCount: Int
  /// The features with a weight in some row, ascending.
  package let features: [UInt32]
  /// `rowCount` numbers a feature, in the order of `features`.
  package let weights: [Double]
  /// The margins of a text without features, one a row.
  package let intercepts: [Double]
  /// True when margins are summed up from the intercepts, false when those are added at the end.
  ///
  /// The last bit may differ; Spark does the one for matrices of sparse columns, else the other.
  package let sumsFromIntercepts: Bool

  /// `features` ascends, `weights` has `rowCount` numbers for each of them, `intercepts` has `rowCount`.
  package init(
    rowCount: Int, features: [UInt32], weights: [Double], intercepts: [Double],
    sumsFromIntercepts: Bool = false
  ) {
    precondition(
      weights.count == features.count * rowCount && intercepts.count == rowCount,
      "one weight a row and feature, one intercept a row")
    self.rowCount = rowCount
    self.features = features
    self.weights = weights
    self.intercepts = intercepts
    self.sumsFromIntercepts = sumsFromIntercepts
  }
}
