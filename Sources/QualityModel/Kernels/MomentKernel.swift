/// Sums over the columns of packed rows, from which means and deviations come.
enum MomentKernel {
  /// Adds to each column the number of rows in a range that have it.
  static func addCounts(_ block: RowBlock, _ rows: Range<Int>, to counts: inout [UInt32]) {
    precondition(counts.count == block.columnCount, "a count a column")
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      RowCursor.forEach(block, rows) { _ in
        true
      } _: { row in
        for index in 0..<row.count {
          // SAFETY: the columns of a row are below the block's column count.
          unsafe counts[Int(row.columns[index])] &+= 1
        }
      }
    }
  }

  /// Adds to column `c` the weight times value at `2c`, and the weight at `2c + 1`, of the rows that count.
  static func addSums(
    _ block: RowBlock, _ targets: LogisticKernel.Targets, to sums: inout [Double],
    rowCounts: inout [UInt32]
  ) {
    precondition(sums.count == 2 * block.columnCount, "two sums a column")
    precondition(rowCounts.count == block.columnCount, "a count a column")
    let weights = targets.weights
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      unsafe rowCounts.withUnsafeMutableBufferPointer { rowCounts in
        RowCursor.forEach(block, targets.rows) {
          weights[targets.firstRow &+ $0] > 0
        } _: { row in
          // SAFETY: the columns of a row are below the block's column count.
          let weight = weights[targets.firstRow &+ row.index]
          let step = weight / row.divisor
          for index in 0..<row.count {
            let column = unsafe Int(row.columns[index])
            unsafe sums[2 &* column] += step
            unsafe sums[2 &* column &+ 1] += weight
            unsafe rowCounts[column] &+= 1
          }
          for index in 0..<row.repeatedCount {
            let column = unsafe Int(row.repeated[index])
            unsafe sums[2 &* column] += step * Double(row.surpluses[index])
          }
        }
      }
    }
  }

  /// Adds to each column the weight times the squared distance from its mean of the rows that have it.
  static func addSquares(
    _ block: RowBlock, _ targets: LogisticKernel.Targets, means: [Double],
    to squares: inout [Double]
  ) {
    precondition(
      squares.count == block.columnCount && means.count == squares.count,
      "a sum and a mean a column")
    let weights = targets.weights
    unsafe squares.withUnsafeMutableBufferPointer { squares in
      unsafe means.withUnsafeBufferPointer { means in
        RowCursor.forEach(block, targets.rows) {
          weights[targets.firstRow &+ $0] > 0
        } _: { row in
          // SAFETY: the columns of a row are below the block's column count.
          let weight = weights[targets.firstRow &+ row.index]
          let single = 1 / row.divisor
          for index in 0..<row.count {
            let column = unsafe Int(row.columns[index])
            let distance = unsafe single - means[column]
            unsafe squares[column] += weight * distance * distance
          }
          for index in 0..<row.repeatedCount {
            let column = unsafe Int(row.repeated[index])
            let surplus = unsafe Double(row.surpluses[index]) * single
            // The row was taken above as if it had the column once.
            unsafe squares[column] += weight * surplus * (surplus + 2 * (single - means[column]))
          }
        }
      }
    }
  }
}
