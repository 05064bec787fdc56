@testable import QualityModel

extension RowCursor {
  /// The row's columns and counts.
  var unpacked: [[Int]] {
    var surplus: [UInt32: UInt32] = [:]
    for index in 0..<repeatedCount {
      // SAFETY: both lists have `repeatedCount` numbers.
      unsafe surplus[repeated[index]] = surpluses[index]
    }
    return (0..<count).map { index in
      // SAFETY: the list has `count` numbers.
      let column = unsafe columns[index]
      return [Int(column), Int(1 + (surplus[column] ?? 0))]
    }
  }
}
