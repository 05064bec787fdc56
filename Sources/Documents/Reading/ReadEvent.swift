/// What a reader met: every byte of the decompressed stream is in exactly one event.
package enum ReadEvent: Sendable, Equatable {
  case record(Record)
  /// An entry that holds no document by its kind: `warc-request`, `media-type-image`, `blank-line`.
  case skipped(kind: String, byteCount: Int)
  case malformed(Malformed)
  /// The shard is damaged here; `lostByteCount` decompressed bytes are in no other event.
  ///
  /// Reading goes on after it where something readable follows.
  case damaged(ShardError, lostByteCount: Int)

  /// How many bytes of the decompressed stream the event accounts for.
  package var byteCount: Int {
    switch self {
    case .record(let record): record.byteCount
    case .skipped(_, let byteCount): byteCount
    case .malformed(let malformed): malformed.byteCount
    case .damaged(_, let lostByteCount): lostByteCount
    }
  }
}
