/// How much memory training takes beside the rows.
struct TrainingMemory {
  /// Columns that may get a weight, of all columns there are.
  let activeCount: Int
  let columnCount: Int
  let rowCount: Int
  /// By default those of L-BFGS: ten steps, ten changes of the gradient, and eight at work.
  var vectorCount = 28

  /// Bytes for vectors over all weights.
  var vectorByteCount: Int { vectorCount * 8 * activeCount * rowCount }

  /// Bytes one worker needs.
  var laneByteCount: Int {
    // A table, and three gradients on their way to the sum.
    GradientTable.byteCount(columnCount: columnCount, rowCount: rowCount)
      + 3 * 8 * activeCount * rowCount
  }

  /// Bytes that putting the columns in order takes: counts and ranks, and two counts a worker.
  static func orderingByteCount(columnCount: Int, laneCount: Int) -> Int {
    (1 + laneCount) * 2 * 4 * columnCount
  }

  /// As many workers as there is memory for, at most `workerCount`.
  func laneCount(
    workerCount: Int, memoryByteCount: Int, storeByteCount: Int
  ) throws(QualityTrainingError) -> Int {
    let left = memoryByteCount - storeByteCount - vectorByteCount
    let fitting = left / laneByteCount
    if fitting >= 1 { return max(1, min(workerCount, fitting)) }
    throw .memory(
      weightCount: activeCount * rowCount,
      neededByteCount: storeByteCount + vectorByteCount + laneByteCount,
      givenByteCount: memoryByteCount)
  }
}
