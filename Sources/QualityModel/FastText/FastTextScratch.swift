/// The working space of one text at a time, for one worker.
struct FastTextScratch: Sendable {
  /// Rows that wait to be added up.
  var rows: [UInt32]
  /// The hashes of the words so far; empty for models without n-grams of words.
  var hashes: [UInt32] = []
  /// A word between the marks of its beginning and end.
  var marked: [UInt8] = []
  /// The sum of the rows, then their mean.
  var hidden: [Float]
  var probabilities: [Float]

  /// Few enough that a chunk of rows stays in the cache until it has been added up.
  private static let rowCapacity = 1024

  init(dimension: Int, labelCount: Int) {
    rows = Array(repeating: 0, count: Self.rowCapacity)
    hidden = Array(repeating: 0, count: dimension)
    probabilities = Array(repeating: 0, count: labelCount)
  }
}
