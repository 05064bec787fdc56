internal import ByteKernels

/// What a fastText file holds, its large areas by their place in it.
///
/// The format is fastText's own (`FastText::saveModel` and what it calls, version 12; version 11
/// differs by having no subwords): settings, dictionary, input matrix, output matrix, little-endian.
struct FastTextFile {
  let settings: FastTextSettings
  /// As they stand in the file, prefix included.
  let labelNames: [String]
  let vocabulary: FastTextVocabulary
  let input: FastTextMatrix
  let output: FastTextOutput

  init(_ bytes: Span<UInt8>, path: String) throws(QualityModelError) {
    var cursor = FastTextCursor(bytes, path: path)
    settings = try FastTextSettings(&cursor)
    let dictionary = try FastTextDictionary(&cursor)
    labelNames = dictionary.labelNames
    let flagPlace = cursor.offset
    let isQuantised = try cursor.flag("the mark of a quantised model")
    if !isQuantised, dictionary.isPruned {
      throw cursor.failure(
        "is pruned and not quantised, as only old releases of fastText wrote; download the model "
          + "again", at: flagPlace)
    }
    input = try Self.input(&cursor, settings, dictionary, isQuantised: isQuantised)
    guard let vocabulary = dictionary.vocabulary(settings) else {
      throw cursor.failure(
        "too many buckets of the pruning table collide for one that fastText wrote",
        at: flagPlace)
    }
    self.vocabulary = vocabulary
    // In a dense model fastText reads the mark and does not heed it.
    let isOutputQuantised = try cursor.flag("the mark of a quantised output")
    output = try Self.output(
      &cursor, settings, dictionary, isQuantised: isQuantised && isOutputQuantised)
    guard cursor.rest == 0 else {
      throw cursor.failure(
        "\(cursor.rest) bytes follow the model; copy it again", at: cursor.offset)
    }
  }

  private static func input(
    _ cursor: inout FastTextCursor, _ settings: FastTextSettings,
    _ dictionary: FastTextDictionary, isQuantised: Bool
  ) throws(QualityModelError) -> FastTextMatrix {
    let field = "the input matrix"
    let (least, most) = (dictionary.rowCount(settings), Int(Int32.max))
    guard least <= most else {
      throw cursor.failure("\(field) would need \(least) rows", at: cursor.offset)
    }
    let rows = least...most
    if isQuantised {
      return .quantised(
        try FastTextCodes(&cursor, field, rows: rows, columns: settings.dimension))
    }
    let rowCount = try cursor.shape(field, rows: rows, columns: settings.dimension)
    let count = rowCount * settings.dimension
    let start = try cursor.skip(4 * count, field)
    try cursor.checkWeights(at: start, count: count)
    return .dense(start: start, rowCount: rowCount)
  }

  private static func output(
    _ cursor: inout FastTextCursor, _ settings: FastTextSettings,
    _ dictionary: FastTextDictionary, isQuantised: Bool
  ) throws(QualityModelError) -> FastTextOutput {
    let labelCount = dictionary.labelCounts.count
    let (dimension, field) = (settings.dimension, "the output matrix")
    var columns: [Float]
    var factors: [Float]?
    if isQuantised {
      let place = cursor.offset
      let codes = try FastTextCodes(
        &cursor, field, rows: labelCount...labelCount, columns: dimension)
      // fastText makes two columns a part; parts so wide that memory would grow far beyond the file
      // come from elsewhere.
      guard labelCount * dimension <= 4 * cursor.bytes.count else {
        throw cursor.failure("\(field) has parts of \(codes.partWidth) columns", at: place)
      }
      columns = codes.columns(cursor.bytes)
      factors = codes.rowFactors(cursor.bytes)
    } else {
      _ = try cursor.shape(field, rows: labelCount...labelCount, columns: dimension)
      let rows = try cursor.weights(labelCount * dimension, field)
      columns = Array(repeating: 0, count: rows.count)
      for label in 0..<labelCount {
        for column in 0..<dimension {
          columns[column * labelCount + label] = rows[label * dimension + column]
        }
      }
    }
    return FastTextOutput(
      labelCount: labelCount, loss: settings.loss, columns: columns, factors: factors,
      tree: settings.loss == .hierarchicalSoftmax
        ? FastTextTree(counts: dictionary.labelCounts) : nil)
  }
}
