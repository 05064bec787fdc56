internal import ByteKernels

/// The loop over the training rows that every iteration repeats: margins, loss, and gradient by weight.
///
/// Sums run in a fixed order, four at a time over a row's columns.
enum LogisticKernel {
  /// Weighted sums over rows.
  struct Sums: Sendable {
    var loss = 0.0
    /// Sum of weight times (probability - truth) of each row of weights: the gradient by the intercepts.
    var multipliers: [Double]
  }

  /// Which rows of a block count, and what for.
  struct Targets {
    /// Rows of the block.
    let rows: Range<Int>
    /// The number of the block's first row.
    let firstRow: Int
    /// One a row of all blocks.
    let labels: [UInt16]
    /// One a row of all blocks; rows with 0 are left out.
    let weights: [Double]
  }

  /// Adds the rows' part to the table's gradient and to `sums`; `offsets` are the margins of an empty text.
  static func addGradient(
    _ block: RowBlock, _ targets: Targets, _ table: GradientTable, offsets: [Double],
    to sums: inout Sums
  ) {
    check(block, targets, table, offsets)
    precondition(sums.multipliers.count == table.rowCount, "a multiplier a row of weights")
    if table.rowCount == 1 {
      addBinaryGradient(block, targets, table, offset: offsets[0], to: &sums)
    } else {
      addSoftmaxGradient(block, targets, table, offsets: offsets, to: &sums)
    }
  }

  /// Adds the margins of the rows that count to `margins`, those of one row together.
  static func appendMargins(
    _ block: RowBlock, _ targets: Targets, _ table: GradientTable, offsets: [Double],
    to margins: inout [Double]
  ) {
    check(block, targets, table, offsets)
    let weights = targets.weights
    var sums = [Double](repeating: 0, count: table.rowCount)
    RowCursor.forEach(block, targets.rows) {
      weights[targets.firstRow &+ $0] > 0
    } _: { row in
      takeMargins(row, table, offsets, &sums)
      margins += sums
    }
  }

  private static func check(
    _ block: RowBlock, _ targets: Targets, _ table: GradientTable, _ offsets: [Double]
  ) {
    precondition(block.columnCount <= table.columnCount, "a table for the block's columns")
    precondition(offsets.count == table.rowCount, "an offset a row of weights")
    precondition(
      targets.labels.count == targets.weights.count
        && targets.firstRow + targets.rows.upperBound <= targets.labels.count,
      "a label and a weight a row")
  }

  private static func addBinaryGradient(
    _ block: RowBlock, _ targets: Targets, _ table: GradientTable, offset: Double,
    to sums: inout Sums
  ) {
    let (labels, weights) = (targets.labels, targets.weights)
    var (loss, multiplierSum) = (0.0, 0.0)
    RowCursor.forEach(block, targets.rows) {
      weights[targets.firstRow &+ $0] > 0
    } _: { row in
      let number = targets.firstRow &+ row.index
      let margin = sum(row, table) / row.divisor + offset
      let (rowLoss, slope) = binaryLoss(margin, isSecond: labels[number] == 1)
      loss += weights[number] * rowLoss
      multiplierSum += weights[number] * slope
      add(weights[number] * slope / row.divisor, row, table)
    }
    sums.loss += loss
    sums.multipliers[0] += multiplierSum
  }

  private static func addSoftmaxGradient(
    _ block: RowBlock, _ targets: Targets, _ table: GradientTable, offsets: [Double],
    to sums: inout Sums
  ) {
    let (labels, weights) = (targets.labels, targets.weights)
    var total = sums
    var margins = [Double](repeating: 0, count: table.rowCount)
    RowCursor.forEach(block, targets.rows) {
      weights[targets.firstRow &+ $0] > 0
    } _: { row in
      let number = targets.firstRow &+ row.index
      takeMargins(row, table, offsets, &margins)
      total.loss += weights[number] * softmaxLoss(&margins, label: Int(labels[number]))
      for index in margins.indices {
        let multiplier = weights[number] * margins[index]
        total.multipliers[index] += multiplier
        margins[index] = multiplier / row.divisor
      }
      add(margins, row, table)
    }
    sums = total
  }

  /// ln(1 + e^-margin) + (1 - truth) * margin, and its slope.
  @inline(__always)
  private static func binaryLoss(
    _ margin: Double, isSecond: Bool
  ) -> (loss: Double, slope: Double) {
    let power = ElementaryFunctions.exponential(-abs(margin))
    let softplus = ElementaryFunctions.logarithmOfOnePlus(power) + max(0, -margin)
    let probability = (margin >= 0 ? 1 : power) / (1 + power)
    return isSecond ? (softplus, probability - 1) : (softplus + margin, probability)
  }

  /// ln(sum of e^margin) - margin of the label; leaves the slopes in place of the margins.
  private static func softmaxLoss(_ margins: inout [Double], label: Int) -> Double {
    let highest = margins.max() ?? 0
    let own = margins[label] - highest
    var sum = 0.0
    for index in margins.indices {
      margins[index] = ElementaryFunctions.exponential(margins[index] - highest)
      sum += margins[index]
    }
    for index in margins.indices { margins[index] /= sum }
    margins[label] -= 1
    return ElementaryFunctions.logarithm(sum) - own
  }

  /// The sum of weight times count over a row's columns, for one row of weights.
  @inline(__always)
  private static func sum(_ row: RowCursor, _ table: GradientTable) -> Double {
    let numbers = unsafe table.numbers
    let columns = unsafe row.columns
    let count = row.count
    var sums = SIMD4<Double>(repeating: 0)
    var index = 0
    // SAFETY: the columns of a row are below the block's column count, for which the table is made.
    while index &+ 4 <= count {
      sums += unsafe SIMD4(
        numbers[2 &* Int(columns[index])], numbers[2 &* Int(columns[index &+ 1])],
        numbers[2 &* Int(columns[index &+ 2])], numbers[2 &* Int(columns[index &+ 3])])
      index &+= 4
    }
    var sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
    while index < count {
      sum += unsafe numbers[2 &* Int(columns[index])]
      index &+= 1
    }
    for index in 0..<row.repeatedCount {
      let weight = unsafe numbers[2 &* Int(row.repeated[index])]
      sum += unsafe weight * Double(row.surpluses[index])
    }
    return sum
  }

  /// Adds `step` times a row's counts to the gradient of one row of weights.
  @inline(__always)
  private static func add(_ step: Double, _ row: RowCursor, _ table: GradientTable) {
    let numbers = unsafe table.numbers
    let columns = unsafe row.columns
    for index in 0..<row.count {
      // SAFETY: as in `sum`; a column's gradient follows its weight.
      unsafe numbers[2 &* Int(columns[index]) &+ 1] += step
    }
    for index in 0..<row.repeatedCount {
      // SAFETY: as above.
      let place = unsafe 2 &* Int(row.repeated[index]) &+ 1
      unsafe numbers[place] += step * Double(row.surpluses[index])
    }
  }

  /// The margins of a row for all rows of weights.
  private static func takeMargins(
    _ row: RowCursor, _ table: GradientTable, _ offsets: [Double],
    _ margins: inout [Double]
  ) {
    let numbers = unsafe table.numbers
    let rowCount = table.rowCount
    let divisor = row.divisor
    for index in 0..<rowCount { margins[index] = 0 }
    unsafe margins.withUnsafeMutableBufferPointer { margins in
      // SAFETY: columns are below the table's column count; there is a margin a row of weights.
      for index in 0..<row.count {
        let place = unsafe 2 &* rowCount &* Int(row.columns[index])
        for label in 0..<rowCount { unsafe margins[label] += numbers[place &+ label] }
      }
      for index in 0..<row.repeatedCount {
        let place = unsafe 2 &* rowCount &* Int(row.repeated[index])
        let surplus = unsafe Double(row.surpluses[index])
        for label in 0..<rowCount { unsafe margins[label] += surplus * numbers[place &+ label] }
      }
      for label in 0..<rowCount {
        unsafe margins[label] = margins[label] / divisor + offsets[label]
      }
    }
  }

  /// Adds each step times a row's counts to the gradient of its row of weights.
  private static func add(
    _ steps: [Double], _ row: RowCursor, _ table: GradientTable
  ) {
    let numbers = unsafe table.numbers
    let rowCount = table.rowCount
    unsafe steps.withUnsafeBufferPointer { steps in
      // SAFETY: as in `takeMargins`; a column's gradients follow its weights.
      for index in 0..<row.count {
        let place = unsafe (2 &* Int(row.columns[index]) &+ 1) &* rowCount
        for label in 0..<rowCount { unsafe numbers[place &+ label] += steps[label] }
      }
      for index in 0..<row.repeatedCount {
        let place = unsafe (2 &* Int(row.repeated[index]) &+ 1) &* rowCount
        let surplus = unsafe Double(row.surpluses[index])
        for label in 0..<rowCount { unsafe numbers[place &+ label] += surplus * steps[label] }
      }
    }
  }
}
