/// A candidate pair: a document and the first document of a bucket they share.
///
/// As a record: `high` is the later document, `low` the first one times four, plus the reason's code.
struct Edge {
  let document: UInt64
  let first: UInt64
  /// Only near pairs need to be verified.
  let reason: RemovalReason

  var record: SortRecord {
    SortRecord(high: document, low: first << 2 | reason.code)
  }

  init(document: UInt64, first: UInt64, reason: RemovalReason) {
    self.document = document
    self.first = first
    self.reason = reason
  }

  init(_ record: SortRecord) {
    self.init(
      document: record.high, first: record.low >> 2, reason: RemovalReason(code: record.low & 3))
  }
}
