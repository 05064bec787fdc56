internal import ByteKernels

/// The dictionary of a fastText file: words, then labels, and what pruning has left of the buckets.
struct FastTextDictionary {
  let wordCount: Int
  let table: FastTextWordTable
  /// With their prefix, in the order of the output matrix.
  let labelNames: [String]
  /// How often each label occurred in training.
  let labelCounts: [Int]
  /// Buckets that still have a row, and which one after the words'; nil without pruning.
  let kept: [(bucket: UInt32, row: UInt32)]?
  /// The entry of `</s>`; -1 without.
  private let endOfSentence: Int32

  var isPruned: Bool { kept != nil }

  init(_ cursor: inout FastTextCursor) throws(QualityModelError) {
    let place = cursor.offset
    let entryCount = try cursor.int32("the entry count", in: 1...Int(Int32.max))
    wordCount = try cursor.int32("the word count", in: 0...entryCount)
    let labelCount = try cursor.int32("the label count", in: 1...entryCount)
    // A word takes a byte, a count and a type at least.
    guard wordCount + labelCount == entryCount, entryCount <= cursor.rest / 10 else {
      throw cursor.failure(
        "\(wordCount) words and \(labelCount) labels are said to make \(entryCount) entries, in a "
          + "file of \(cursor.bytes.count) bytes; copy the model again", at: place)
    }
    _ = try cursor.skip(8, "the token count")
    let prunedPlace = cursor.offset
    let prunedCount = try cursor.int64("the size of the pruning table")
    guard (-1...Int(Int32.max)).contains(prunedCount), prunedCount <= cursor.rest / 8 else {
      throw cursor.failure("the pruning table has \(prunedCount) entries", at: prunedPlace)
    }
    var entries = FastTextEntries(wordCount: wordCount, labelCount: labelCount)
    for entry in 0..<entryCount { try entries.read(entry, &cursor) }
    table = entries.table
    labelNames = entries.labelNames
    labelCounts = entries.labelCounts
    endOfSentence = entries.endOfSentence
    kept = prunedCount < 0 ? nil : try Self.kept(&cursor, count: prunedCount)
  }

  /// How many rows the input matrix needs.
  func rowCount(_ settings: FastTextSettings) -> Int {
    guard let kept else { return wordCount + settings.bucketCount }
    return wordCount + (kept.map { Int($0.row) + 1 }.max() ?? 0)
  }

  /// Nil when the pruning table did not come about by pruning.
  func vocabulary(_ settings: FastTextSettings) -> FastTextVocabulary? {
    let buckets = FastTextBuckets(
      bucketCount: settings.bucketCount, firstRow: wordCount, kept: kept)
    guard let buckets else { return nil }
    return FastTextVocabulary(
      table: table, wordCount: wordCount, buckets: buckets, endOfSentence: endOfSentence,
      wordNgrams: settings.wordNgrams,
      shortestSubword: settings.shortestSubword, longestSubword: settings.longestSubword)
  }

  private static func kept(
    _ cursor: inout FastTextCursor, count: Int
  ) throws(QualityModelError) -> [(bucket: UInt32, row: UInt32)] {
    var kept: [(bucket: UInt32, row: UInt32)] = []
    kept.reserveCapacity(count)
    for _ in 0..<count {
      let bucket = try cursor.int32("a pruned bucket", in: 0...Int(Int32.max))
      let row = try cursor.int32("the row of a pruned bucket", in: 0...Int(Int32.max))
      kept.append((UInt32(bucket), UInt32(row)))
    }
    return kept
  }
}
