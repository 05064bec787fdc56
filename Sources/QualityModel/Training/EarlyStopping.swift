/// When to stop because rows that are not trained on are no longer predicted better.
package struct EarlyStopping: Sendable, Equatable {
  /// The share of each label's rows that is held out, drawn by `seed`.
  package var share: Double
  /// How many iterations the log loss of the held-out rows may go without a new best.
  package var patience: Int
  package var seed: UInt64

  package init(share: Double = 0.1, patience: Int = 5, seed: UInt64 = 0) {
    self.share = share
    self.patience = patience
    self.seed = seed
  }

  /// Parts row weights into those to train on and those to hold out; a label of two rows or more is on both
  /// sides.
  ///
  /// The draw is not that of `RowSelection`, whose share of the rows would otherwise all be held out.
  func parted(
    _ weights: [Double], labels: [UInt16]
  ) -> (training: [Double], heldOut: [Double]) {
    var (training, heldOut) = (weights, [Double](repeating: 0, count: weights.count))
    let rows = weights.indices.filter { weights[$0] > 0 }
    let isHeldOut = Folds.heldOut(
      share: share, classes: rows.map { Int(labels[$0]) }, identities: rows.map(UInt64.init),
      seed: seed)
    for (row, isHeldOut) in zip(rows, isHeldOut) where isHeldOut {
      (training[row], heldOut[row]) = (0, weights[row])
    }
    return (training, heldOut)
  }
}

/// The best point so far by the loss of held-out rows; ties go to the earlier.
struct BestPoint {
  private(set) var point: [Double]?
  private(set) var loss = Double.infinity
  private var iterationsSince = 0

  /// Takes in the next iteration's point; false once it is time to stop.
  mutating func add(_ candidate: [Double], loss candidateLoss: Double, patience: Int) -> Bool {
    if candidateLoss < loss {
      (point, loss, iterationsSince) = (candidate, candidateLoss, 0)
    } else {
      iterationsSince += 1
    }
    return iterationsSince < patience
  }
}
