internal import ByteKernels

/// The fields of a fastText file, read one after the other and held against the file's length.
struct FastTextCursor: ~Escapable {
  let bytes: Span<UInt8>
  let path: String
  /// Where the next field begins.
  private(set) var offset = 0

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, path: String) {
    self.bytes = bytes
    self.path = path
  }

  var rest: Int { bytes.count - offset }

  func failure(_ message: String, at place: Int) -> QualityModelError {
    QualityModelError(path: path, byteOffset: place, message: message)
  }

  /// Passes over an area and returns where it begins; fails when the file ends before it does.
  mutating func skip(_ byteCount: Int, _ field: String) throws(QualityModelError) -> Int {
    guard byteCount <= rest else {
      throw failure(
        "the file ends within \(field), which takes \(byteCount) bytes where \(rest) are left; "
          + "copy the model again", at: offset)
    }
    defer { offset += byteCount }
    return offset
  }

  mutating func int32(_ field: String) throws(QualityModelError) -> Int {
    let place = try skip(4, field)
    return Int(Int32(bitPattern: bytes.raw.load32(place)))
  }

  mutating func int64(_ field: String) throws(QualityModelError) -> Int {
    let place = try skip(8, field)
    return Int(Int64(bitPattern: bytes.raw.load64(place)))
  }

  /// A number of 32 bits inside a range.
  mutating func int32(
    _ field: String, in range: ClosedRange<Int>
  ) throws(QualityModelError) -> Int {
    let place = offset
    let value = try int32(field)
    guard range.contains(value) else {
      throw failure(
        "\(field) is \(value) and should be \(range.lowerBound) to \(range.upperBound)", at: place)
    }
    return value
  }

  /// A byte that is 0 or 1.
  mutating func flag(_ field: String) throws(QualityModelError) -> Bool {
    let place = try skip(1, field)
    guard bytes[place] <= 1 else {
      throw failure("\(field) is \(bytes[place]) and should be 0 or 1", at: place)
    }
    return bytes[place] == 1
  }

  /// The bytes before the next zero byte, which is passed over too.
  mutating func word(_ field: String) throws(QualityModelError) -> Range<Int> {
    var end = offset
    while end < bytes.count, bytes[end] != 0 { end += 1 }
    let start = try skip(end - offset + 1, field)
    return start..<end
  }

  /// The row count of a matrix, from its two dimensions; fails when they are not what the header asks for.
  mutating func shape(
    _ field: String, rows: ClosedRange<Int>, columns: Int
  ) throws(QualityModelError) -> Int {
    let place = offset
    let (rowCount, columnCount) = (try int64(field), try int64(field))
    guard rows.contains(rowCount), columnCount == columns else {
      let wanted =
        rows.lowerBound == rows.upperBound ? "\(rows.lowerBound)" : "\(rows.lowerBound) or more"
      throw failure(
        "\(field) has \(rowCount) rows of \(columnCount) numbers where \(wanted) of \(columns) "
          + "belong", at: place)
    }
    return rowCount
  }

  /// Copies floats, which all must be usable as weights.
  mutating func weights(_ count: Int, _ field: String) throws(QualityModelError) -> [Float] {
    let place = try skip(4 * count, field)
    try checkWeights(at: place, count: count)
    let raw = bytes.raw
    return (0..<count).map { Float(bitPattern: raw.load32(place + 4 * $0)) }
  }

  /// Fails when one of the floats is not finite, or so large that a sum of products might not be.
  ///
  /// Checked once, so that scoring cannot fail; fastText reports NaN while it scores.
  func checkWeights(at place: Int, count: Int) throws(QualityModelError) {
    let good = FastTextWeights.usableCount(bytes, at: place, count: count)
    guard good == count else {
      throw failure(
        "a weight is not a number below \(Int(FastTextWeights.limit)); copy the model again, "
          + "or train it again with a lower learning rate", at: place + 4 * good)
    }
  }
}
