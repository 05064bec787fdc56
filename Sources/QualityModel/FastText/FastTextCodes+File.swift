/// A product-quantised matrix as it stands in a file.
extension FastTextCodes {
  /// Reads the codes of a matrix and its centroids, and with them its factors.
  init(
    _ cursor: inout FastTextCursor, _ field: String, rows: ClosedRange<Int>, columns: Int
  ) throws(QualityModelError) {
    let hasFactors = try cursor.flag("the mark of quantised norms in \(field)")
    rowCount = try cursor.shape(field, rows: rows, columns: columns)
    let sizePlace = cursor.offset
    let codeCount = try cursor.int32("the size of \(field)", in: 0...Int(Int32.max))
    start = try cursor.skip(codeCount, field)
    let quantiser = try Quantiser(&cursor, field, columns: columns)
    guard codeCount == rowCount * quantiser.partCount else {
      throw cursor.failure(
        "\(field) has \(codeCount) codes where \(rowCount) rows of \(quantiser.partCount) belong",
        at: sizePlace)
    }
    partCount = quantiser.partCount
    partWidth = quantiser.partWidth
    lastPartWidth = quantiser.lastPartWidth
    centroids = quantiser.centroids
    if hasFactors {
      factorStart = try cursor.skip(rowCount, "the norms of \(field)")
      factors = try Quantiser(&cursor, "the norms of \(field)", columns: 1).centroids
    } else {
      factorStart = nil
      factors = []
    }
  }

  /// fastText's `ProductQuantizer`.
  private struct Quantiser {
    let partCount: Int
    let partWidth: Int
    let lastPartWidth: Int
    let centroids: [Float]

    init(
      _ cursor: inout FastTextCursor, _ field: String, columns: Int
    ) throws(QualityModelError) {
      let place = cursor.offset
      let columnCount = try cursor.int32("the dimension of \(field)")
      partCount = try cursor.int32("the part count of \(field)", in: 1...columns)
      partWidth = try cursor.int32("the part width of \(field)", in: 1...columns)
      lastPartWidth = try cursor.int32("the last part width of \(field)", in: 1...partWidth)
      guard columnCount == columns, (partCount - 1) * partWidth + lastPartWidth == columns else {
        throw cursor.failure(
          "\(field) is divided into parts that do not make \(columns) columns", at: place)
      }
      centroids = try cursor.weights(256 * columns, "the centroids of \(field)")
    }
  }

  /// The numbers of the matrix without their factors, column after column.
  func columns(_ file: Span<UInt8>) -> [Float] {
    let columnCount = (partCount - 1) * partWidth + lastPartWidth
    var columns = [Float](repeating: 0, count: columnCount * rowCount)
    for row in 0..<rowCount {
      for column in 0..<columnCount {
        let part = column / partWidth
        let first = part * partWidth
        let width = part == partCount - 1 ? lastPartWidth : partWidth
        let code = Int(file[start + row * partCount + part])
        columns[column * rowCount + row] = centroids[256 * first + code * width + column - first]
      }
    }
    return columns
  }

  /// The factor of each row; nil when rows have none.
  func rowFactors(_ file: Span<UInt8>) -> [Float]? {
    factorStart.map { start in (0..<rowCount).map { factors[Int(file[start + $0])] } }
  }
}
