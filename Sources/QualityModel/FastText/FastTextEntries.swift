internal import ByteKernels

/// The entries of a dictionary while they are read.
struct FastTextEntries {
  private let wordCount: Int
  private(set) var table: FastTextWordTable
  private(set) var labelNames: [String] = []
  private(set) var labelCounts: [Int] = []
  private(set) var endOfSentence: Int32 = -1
  private var totalLabelCount = 0

  init(wordCount: Int, labelCount: Int) {
    self.wordCount = wordCount
    table = FastTextWordTable(entryCount: wordCount + labelCount)
  }

  /// Reads one entry: its bytes, how often it occurred, and whether it is a word or a label.
  mutating func read(
    _ entry: Int, _ cursor: inout FastTextCursor
  ) throws(QualityModelError) {
    let word = try cursor.word("the dictionary")
    let countPlace = cursor.offset
    let count = try cursor.int64("the dictionary")
    let isLabel = try cursor.flag("the type of an entry")
    guard isLabel == (entry >= wordCount) else {
      throw cursor.failure("words and labels are out of order", at: cursor.offset - 1)
    }
    guard
      table.insert(
        Int32(entry), in: cursor.bytes, start: word.lowerBound, byteCount: word.count)
    else {
      throw cursor.failure(
        "too many entries have the same hash for a dictionary of a text", at: word.lowerBound)
    }
    let bytes = [UInt8](copying: cursor.bytes.extracting(word))
    if bytes == FastTextVocabulary.endOfSentenceBytes { endOfSentence = Int32(entry) }
    guard isLabel else { return }
    guard count >= 0, count < FastTextTree.countLimit - totalLabelCount else {
      throw cursor.failure("a label is said to occur \(count) times", at: countPlace)
    }
    totalLabelCount += count
    labelCounts.append(count)
    labelNames.append(String(repairing: bytes.span))
  }
}
