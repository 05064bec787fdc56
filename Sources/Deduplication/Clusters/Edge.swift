/// A candidate pair: a document and an earlier one of a bucket they share.
///
/// As a record: `high` is the later document, `low` the earlier one times four, plus the reason's
/// code.
struct Edge {
  let document: UInt64
  let earlier: UInt64
  /// Only near pairs need to be verified.
  let reason: RemovalReason

  var record: SortRecord {
    SortRecord(high: document, low: earlier << 2 | reason.code)
  }

  init(document: UInt64, earlier: UInt64, reason: RemovalReason) {
    self.document = document
    self.earlier = earlier
    self.reason = reason
  }

  init(_ record: SortRecord) {
    self.init(
      document: record.high, earlier: record.low >> 2, reason: RemovalReason(code: record.low & 3))
  }
}
