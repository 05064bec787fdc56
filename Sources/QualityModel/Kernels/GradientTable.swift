internal import ByteKernels

/// For every column its weights and, beside them, what has been added to the gradient: one place in memory
/// to miss for both.
@safe
final class GradientTable {
  let columnCount: Int
  /// Rows of weights: one for two labels, else one a label.
  let rowCount: Int
  /// Of column `c` the weights from `2 * rowCount * c` on, then as many gradients.
  let numbers: UnsafeMutablePointer<Double>

  init(columnCount: Int, rowCount: Int) {
    precondition(columnCount > 0 && rowCount > 0, "a table of something")
    self.columnCount = columnCount
    self.rowCount = rowCount
    unsafe numbers = TableMemory.allocate(repeating: 0, count: 2 * rowCount * columnCount)
  }

  deinit {
    unsafe numbers.deallocate()
  }

  static func byteCount(columnCount: Int, rowCount: Int) -> Int { 16 * rowCount * columnCount }

  /// Sets the weights of some columns, all rows of a column together, and their gradients to 0.
  func load(_ columns: [UInt32], _ weights: [Double]) {
    precondition(weights.count == columns.count * rowCount, "a weight a column and row")
    let rowCount = self.rowCount
    for (position, column) in columns.enumerated() {
      precondition(column < columnCount, "a column of the table")
      let place = 2 &* rowCount &* Int(column)
      for row in 0..<rowCount {
        // SAFETY: the column is one of the table's, by the line above.
        unsafe numbers[place &+ row] = weights[position &* rowCount &+ row]
        unsafe numbers[place &+ rowCount &+ row] = 0
      }
    }
  }

  /// The gradients of some columns, all rows of a column together.
  func gradient(_ columns: [UInt32]) -> [Double] {
    var gradient: [Double] = []
    gradient.reserveCapacity(columns.count * rowCount)
    for column in columns {
      precondition(column < columnCount, "a column of the table")
      let place = (2 &* Int(column) &+ 1) &* rowCount
      for row in 0..<rowCount {
        // SAFETY: the column is one of the table's, by the line above.
        unsafe gradient.append(numbers[place &+ row])
      }
    }
    return gradient
  }
}
