/// One worker of a pass over the rows: owns the table that the pass looks up and adds to.
actor PassLane {
  /// The model of a pass, over the store's columns.
  struct Point: Sendable {
    /// Those that may have a weight, ascending.
    let columns: [UInt32]
    /// Of counts over divisors; all rows of a column together.
    let weights: [Double]
    /// The margins of an empty text.
    let offsets: [Double]
  }

  /// What a part of the rows adds to value and gradient.
  struct Share: Sendable {
    let sums: LogisticKernel.Sums
    /// In the order of the point's weights.
    let gradient: [Double]
  }

  private let store: RowStore
  private let table: GradientTable

  init(_ store: RowStore, rowCount: Int) {
    self.store = store
    table = GradientTable(columnCount: store.columnCount, rowCount: rowCount)
  }

  /// Loss and gradient of the rows in a range whose weight, one a row of the store, is not 0.
  func share(
    _ range: Range<Int>, weights: [Double], at point: Point
  ) -> Result<Share, QualityTrainingError> {
    table.load(point.columns, point.weights)
    var sums = LogisticKernel.Sums(
      multipliers: Array(repeating: 0, count: table.rowCount))
    return Self.forEachBlock(store, range, weights) { block, targets in
      LogisticKernel.addGradient(block, targets, table, offsets: point.offsets, to: &sums)
    }.map { Share(sums: sums, gradient: table.gradient(point.columns)) }
  }

  /// The margins of the rows in a range whose weight is not 0, those of one row together.
  func margins(
    _ range: Range<Int>, weights: [Double], at point: Point
  ) -> Result<[Double], QualityTrainingError> {
    table.load(point.columns, point.weights)
    var margins: [Double] = []
    return Self.forEachBlock(store, range, weights) { block, targets in
      LogisticKernel.appendMargins(block, targets, table, offsets: point.offsets, to: &margins)
    }.map { margins }
  }

  /// Calls `body` for every block that has rows of a range.
  static func forEachBlock(
    _ store: RowStore, _ range: Range<Int>, _ weights: [Double],
    _ body: (RowBlock, LogisticKernel.Targets) -> Void
  ) -> Result<Void, QualityTrainingError> {
    do throws(QualityTrainingError) {
      for index in store.blocks(of: range) {
        let block = try store.block(index)
        let first = store.firstRows[index]
        let rows = max(0, range.lowerBound - first)..<min(block.rowCount, range.upperBound - first)
        body(
          block,
          LogisticKernel.Targets(
            rows: rows, firstRow: first, labels: store.labels, weights: weights))
      }
      return .success(())
    } catch {
      return .failure(error)
    }
  }
}
