/// A candidate pair: a document and the first document of a bucket they share.
///
/// As a record: `high` is the later document, `low` the first one times two, plus 1 when near.
struct Edge {
  let document: UInt64
  let first: UInt64
  let isExact: Bool

  var record: SortRecord {
    SortRecord(high: document, low: first << 1 | (isExact ? 0 : 1))
  }

  init(document: UInt64, first: UInt64, isExact: Bool) {
    self.document = document
    self.first = first
    self.isExact = isExact
  }

  init(_ record: SortRecord) {
    self.init(document: record.high, first: record.low >> 1, isExact: record.low & 1 == 0)
  }
}
