internal import ByteKernels

/// Which rows of a store to train on or to judge by.
package struct RowSelection: Sendable, Equatable {
  /// Rows of this fold only; nil for rows of every fold.
  package var fold: UInt8?
  /// Rows of this fold are left out; nil leaves out none.
  package var exceptFold: UInt8?
  /// The share of the rows to take, the first of an order drawn by `seed`: a larger share has all rows of a
  /// smaller one.
  package var share: Double
  package var seed: UInt64

  package init(
    fold: UInt8? = nil, exceptFold: UInt8? = nil, share: Double = 1, seed: UInt64 = 0
  ) {
    self.fold = fold
    self.exceptFold = exceptFold
    self.share = share
    self.seed = seed
  }

  package static let all = RowSelection()

  func contains(row: Int, fold rowFold: UInt8) -> Bool {
    if let fold, rowFold != fold { return false }
    if let exceptFold, rowFold == exceptFold { return false }
    return share >= 1 || Self.draw(row, seed: seed) < share
  }

  /// A number from 0 up to 1 that depends on the row's number and the seed alone.
  static func draw(_ row: Int, seed: UInt64) -> Double {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: UInt64(row))
    return Double(XXH64.hash(bytes.span, seed: seed) >> 11) * 0x1p-53
  }

  /// The weights of all rows of a store, 0 for those that are not selected.
  ///
  /// `labelWeights`, one a label or none, are multiplied in.
  func weights(_ store: RowStore, labelWeights: [Double] = []) -> [Double] {
    (0..<store.rowCount).map { row in
      guard contains(row: row, fold: store.folds[row]) else { return 0 }
      let factor = labelWeights.isEmpty ? 1 : labelWeights[Int(store.labels[row])]
      return store.weights[row] * factor
    }
  }
}
