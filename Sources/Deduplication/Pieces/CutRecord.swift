/// One cut of one document, as a sortable record.
///
/// ```
/// high  32 bits: row of the document in its shard | 32 bits: first byte of the cut in its text
/// low   32 bits: bytes of the cut | 23 bits: zero | 1 bit: the document is dropped | 8 bits: kind
/// ```
///
/// A document that is dropped has this one record, with all its bytes.
struct CutRecord {
  let row: Int
  let start: Int
  let byteCount: Int
  let kind: PieceKind
  let isDropped: Bool

  var record: SortRecord {
    SortRecord(
      high: UInt64(row) << 32 | UInt64(start),
      low: UInt64(byteCount) << 32 | (isDropped ? 1 << 8 : 0) | UInt64(kind.rawValue))
  }
}
