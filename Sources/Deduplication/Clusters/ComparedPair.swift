/// Two documents and what comparing them gave: a verified pair, or a document removed and the one
/// that is kept for it.
///
/// As a record, so that records sort by `document`:
///
/// ```
/// high  40 bits: document | 2 bits: zero   | 22 bits: total of the similarity
/// low   40 bits: other    | 22 bits: shared | 2 bits: the reason's code
/// ```
struct ComparedPair {
  /// Documents of one run at most, a trillion.
  static let documentLimit = 1 << 40
  /// Where the document begins in `high`.
  static let documentShift: UInt64 = 24

  let document: UInt64
  let other: UInt64
  let similarity: Similarity
  let reason: RemovalReason

  var record: SortRecord {
    SortRecord(
      high: document << Self.documentShift | UInt64(similarity.total),
      low: other << 24 | UInt64(similarity.shared) << 2 | reason.code)
  }

  init(document: UInt64, other: UInt64, similarity: Similarity, reason: RemovalReason) {
    self.document = document
    self.other = other
    self.similarity = similarity
    self.reason = reason
  }

  init(_ record: SortRecord) {
    let mask: UInt64 = 1 << 22 - 1
    self.init(
      document: record.high >> Self.documentShift, other: record.low >> 24,
      similarity: Similarity(
        shared: Int(record.low >> 2 & mask), total: Int(record.high & mask)),
      reason: RemovalReason(code: record.low & 3))
  }
}
