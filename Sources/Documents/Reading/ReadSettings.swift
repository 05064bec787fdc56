/// How shards are read.
package struct ReadSettings: Sendable, Equatable {
  /// What the shards are; by default each shard's bytes and name tell.
  package var format = ShardFormat.auto
  /// The member of a JSON line that holds the text.
  package var textField = "text"
  /// The member of a JSON line that holds the id.
  package var idField = "id"
  /// A longer line or record is passed over, counted, and never held in memory.
  package var maximumRecordByteCount = 64 << 20
  /// The largest zstd window accepted, as a power of two: 27 is 128 MiB, 31 the largest there is.
  ///
  /// A frame that declares a larger one is refused with a remedy, because a reader must hold the
  /// whole window in memory.
  package var maximumWindowLog = 27
  /// How many bytes are asked of the file at once; what is read does not depend on it.
  package var readByteCount = 1 << 18

  package init() {}
}
