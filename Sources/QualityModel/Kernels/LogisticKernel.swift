/// The one loop over the training rows that L-BFGS repeats: loss, and gradient by weight.
enum LogisticKernel {
  /// The weighted sum of the losses of all rows, and of their multipliers.
  struct Sums {
    var loss = 0.0
    /// Sum of weight times (probability - label): the gradient by the intercept.
    var multiplier = 0.0
  }

  /// Adds every row's part to `gradient`, row by row, and returns the sums.
  ///
  /// The margin of row `r` is `offset + sum of weights[column] * value`; `rowWeights` and `labels` have
  /// one entry a row, `weights` and `gradient` one a column.
  static func evaluate(
    _ rows: SparseRows, labels: [Double], rowWeights: [Double], weights: [Double], offset: Double,
    gradient: inout [Double]
  ) -> Sums {
    precondition(labels.count == rows.rowCount && rowWeights.count == rows.rowCount)
    precondition(weights.count == rows.columnCount && gradient.count == rows.columnCount)
    var sums = Sums()
    let (starts, divisors, counts) = (rows.starts, rows.divisors, rows.counts)
    let hasCounts = !counts.isEmpty
    unsafe rows.columns.withUnsafeBufferPointer { columns in
      unsafe counts.withUnsafeBufferPointer { counts in
        unsafe weights.withUnsafeBufferPointer { weights in
          unsafe gradient.withUnsafeMutableBufferPointer { gradient in
            // SAFETY: `SparseRows` keeps starts within its entries and columns below columnCount.
            for row in 0..<labels.count where rowWeights[row] > 0 {
              let entries = starts[row]..<starts[row + 1]
              var sum = 0.0
              for entry in entries {
                let weight = unsafe weights[Int(columns[entry])]
                sum += hasCounts ? unsafe weight * Double(counts[entry]) : weight
              }
              let margin = sum / divisors[row] + offset
              let multiplier = add(margin, labels[row], rowWeights[row], to: &sums)
              let step = multiplier / divisors[row]
              for entry in entries {
                let column = unsafe Int(columns[entry])
                unsafe gradient[column] += hasCounts ? step * Double(counts[entry]) : step
              }
            }
          }
        }
      }
    }
    return sums
  }

  /// Adds a row's loss ln(1 + e^-margin) + (1 - label) * margin, and returns its multiplier.
  @inline(__always)
  private static func add(
    _ margin: Double, _ label: Double, _ weight: Double, to sums: inout Sums
  ) -> Double {
    let power = ElementaryFunctions.exponential(-abs(margin))
    let softplus = ElementaryFunctions.logarithmOfOnePlus(power) + max(0, -margin)
    let probability = (margin >= 0 ? 1 : power) / (1 + power)
    let multiplier = weight * (probability - label)
    sums.loss += weight * (softplus + (1 - label) * margin)
    sums.multiplier += multiplier
    return multiplier
  }
}
