/// When to stop because rows that are not trained on are no longer predicted better.
package struct EarlyStopping: Sendable, Equatable {
  /// The share of the rows that is held out, drawn by `seed`.
  package var share: Double
  /// How many iterations the log loss of the held-out rows may go without a new best.
  package var patience: Int
  package var seed: UInt64

  package init(share: Double = 0.1, patience: Int = 5, seed: UInt64 = 0) {
    self.share = share
    self.patience = patience
    self.seed = seed
  }

  /// Parts row weights into those to train on and those to hold out.
  func parted(_ weights: [Double]) -> (training: [Double], heldOut: [Double]) {
    var (training, heldOut) = (weights, weights)
    for row in weights.indices {
      if RowSelection.draw(row, seed: seed) < share { training[row] = 0 } else { heldOut[row] = 0 }
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
