internal import Documents

/// What a Spark ML model learned: the one row of the Parquet in its folder `data`.
struct SparkModelData {
  let path: String
  private let row: ParquetValue

  init(_ stage: SparkStage) throws(QualityModelError) {
    let folder = "\(stage.directory)/data"
    let parts = SparkStage.parts(folder)
    var found: (path: String, row: ParquetValue)?
    for path in parts {
      do throws(ShardError) {
        let rows = try ParquetTable.rows(path: path, maximumRowCount: found == nil ? 1 : 0)
        if let row = rows.first { found = (path, row) }
      } catch {
        throw QualityModelError(
          path: path, byteOffset: error.byteOffset,
          message: "is not the one row of numbers that a \(stage.kind) has: \(error.message)")
      }
    }
    guard let (path, row) = found else {
      throw QualityModelError(
        path: folder,
        message: "has no file part-*.parquet with a row of what was learned; copy the model again")
    }
    (self.path, self.row) = (path, row)
  }

  func failure(_ message: String) -> QualityModelError {
    QualityModelError(path: path, message: "\(message); write the model again")
  }

  func has(_ name: String) -> Bool { row[name] != nil }

  func integer(_ name: String) throws(QualityModelError) -> Int {
    guard case .integer(let number)? = row[name] else { throw failure("has no number \(name)") }
    return number
  }

  func number(_ name: String) throws(QualityModelError) -> Double {
    guard case .double(let number)? = row[name] else { throw failure("has no number \(name)") }
    return number
  }

  func boolean(_ name: String) throws(QualityModelError) -> Bool {
    guard case .boolean(let value)? = row[name] else { throw failure("has no truth \(name)") }
    return value
  }

  /// All numbers of a vector of `size`; those that a sparse one leaves out are 0.
  func vector(_ name: String, size: Int) throws(QualityModelError) -> [Double] {
    guard let vector = row[name], case .integer(let type)? = vector["type"],
      case .doubles(let values)? = vector["values"]
    else { throw failure("has no vector \(name)") }
    if type == 1 {
      guard values.count == size else { throw wrongSize(name, values.count, size) }
      return values
    }
    guard type == 0, case .integer(let whole)? = vector["size"],
      case .integers(let indices)? = vector["indices"], indices.count == values.count
    else { throw failure("has a vector \(name) that is neither dense nor sparse") }
    guard whole == size else { throw wrongSize(name, whole, size) }
    var numbers = [Double](repeating: 0, count: size)
    for (index, value) in zip(indices, values) {
      guard numbers.indices.contains(index) else {
        throw failure("has a vector \(name) of \(size) numbers with one numbered \(index)")
      }
      numbers[index] = value
    }
    return numbers
  }

  private func wrongSize(_ name: String, _ count: Int, _ right: Int) -> QualityModelError {
    failure("has \(count) numbers in \(name) where \(right) belong")
  }

  /// One number of a matrix that is not 0.
  struct Entry {
    let row: Int
    let column: Int
    let value: Double
  }

  /// A matrix and how it is laid out, which decides in what order Spark sums.
  struct Matrix {
    let entries: [Entry]
    /// True when it is sparse and laid out by columns.
    let isSparseByColumns: Bool
  }

  /// A matrix laid out by rows when it is transposed, else by columns.
  private struct Layout {
    let rowCount: Int
    let columnCount: Int
    let isTransposed: Bool

    var majorCount: Int { isTransposed ? rowCount : columnCount }
    var minorCount: Int { isTransposed ? columnCount : rowCount }

    func entry(_ major: Int, _ minor: Int, _ value: Double) -> Entry {
      isTransposed
        ? Entry(row: major, column: minor, value: value)
        : Entry(row: minor, column: major, value: value)
    }
  }

  func matrix(
    _ name: String, rowCount: Int, columnCount: Int
  ) throws(QualityModelError) -> Matrix {
    guard let matrix = row[name], case .integer(let type)? = matrix["type"],
      case .integer(let rows)? = matrix["numRows"],
      case .integer(let columns)? = matrix["numCols"],
      case .doubles(let values)? = matrix["values"],
      case .boolean(let isTransposed)? = matrix["isTransposed"]
    else { throw failure("has no matrix \(name)") }
    guard rows == rowCount, columns == columnCount else {
      throw failure("has \(rows)×\(columns) numbers in \(name) for \(rowCount)×\(columnCount)")
    }
    let layout = Layout(rowCount: rowCount, columnCount: columnCount, isTransposed: isTransposed)
    if type == 1 {
      guard values.count == rowCount * columnCount else {
        throw wrongSize(name, values.count, rowCount * columnCount)
      }
      var entries: [Entry] = []
      for (position, value) in values.enumerated() where value != 0 {
        let (major, minor) = position.quotientAndRemainder(dividingBy: layout.minorCount)
        entries.append(layout.entry(major, minor, value))
      }
      return Matrix(entries: entries, isSparseByColumns: false)
    }
    guard type == 0 else { throw failure("has a matrix \(name) that is neither dense nor sparse") }
    return Matrix(
      entries: try sparseEntries(name, matrix, values, layout), isSparseByColumns: !isTransposed)
  }

  private func sparseEntries(
    _ name: String, _ matrix: ParquetValue, _ values: [Double], _ layout: Layout
  ) throws(QualityModelError) -> [Entry] {
    guard case .integers(let starts)? = matrix["colPtrs"],
      case .integers(let minors)? = matrix["rowIndices"], minors.count == values.count,
      starts.count == layout.majorCount + 1, starts.first == 0,
      starts.last == values.count, zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 })
    else { throw failure("has a matrix \(name) whose parts do not fit each other") }
    var entries: [Entry] = []
    for major in 0..<(starts.count - 1) {
      var previous = -1
      for position in starts[major]..<starts[major + 1] {
        guard minors[position] > previous, minors[position] < layout.minorCount else {
          throw failure("has a matrix \(name) with numbers out of order or range")
        }
        previous = minors[position]
        if values[position] == 0 { continue }
        entries.append(layout.entry(major, previous, values[position]))
      }
    }
    return entries
  }
}
