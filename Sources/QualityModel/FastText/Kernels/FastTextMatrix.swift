internal import CKernels

/// The input matrix of a model: a row of numbers for each word and each bucket, inside the file.
enum FastTextMatrix: Sendable {
  /// Floats from `start` on.
  case dense(start: Int, rowCount: Int)
  case quantised(FastTextCodes)

  /// Adds rows one after the other to `sum`, as long as a row.
  ///
  /// `file` is where the model's file begins, and every number in `rows` that of a row.
  @unsafe @inline(__always)
  func addRows(
    _ rows: UnsafeBufferPointer<UInt32>, in file: UnsafePointer<UInt8>,
    to sum: UnsafeMutableBufferPointer<Float>
  ) {
    guard let first = rows.baseAddress, let target = sum.baseAddress else { return }
    // SAFETY: the matrix lies inside the file, which the reader has made sure of, and so does every
    // row; `sum` has the length of a row.
    switch self {
    case .dense(let start, _):
      unsafe ck_add_rows(file + start, sum.count, first, rows.count, target)
    case .quantised(let codes):
      unsafe codes.addRows(first, rows.count, in: file, to: target)
    }
  }
}

/// A product-quantised matrix: for each part of a row the number of one of 256 centroids.
struct FastTextCodes: Sendable {
  /// Offset of the codes in the file, `partCount` bytes a row.
  let start: Int
  let rowCount: Int
  let partCount: Int
  /// How many columns a part has.
  let partWidth: Int
  let lastPartWidth: Int
  /// For each part 256 times as many floats as it is wide.
  let centroids: [Float]
  /// Offset of one byte a row, the number of the row's factor; nil when rows have none.
  let factorStart: Int?
  /// 256 norms of rows; empty when rows have no factor.
  let factors: [Float]

  @unsafe
  fileprivate func addRows(
    _ rows: UnsafePointer<UInt32>, _ rowCount: Int, in file: UnsafePointer<UInt8>,
    to sum: UnsafeMutablePointer<Float>
  ) {
    unsafe centroids.withUnsafeBufferPointer { centroids in
      unsafe factors.withUnsafeBufferPointer { factors in
        // SAFETY: the arrays outlive the call, and codes are bytes, so they name one of 256.
        var matrix = unsafe ck_coded_matrix_t(
          codes: file + start, centroids: centroids.baseAddress,
          factorCodes: factorStart.map { unsafe file + $0 }, factors: factors.baseAddress,
          partCount: partCount, partWidth: partWidth, lastPartWidth: lastPartWidth)
        unsafe ck_add_coded_rows(&matrix, rows, rowCount, sum)
      }
    }
  }
}
