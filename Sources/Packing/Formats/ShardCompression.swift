internal import TextAnalysis

/// How the files of token shards are compressed as a whole, in layouts whose readers undo it.
package enum ShardCompression: String, CaseIterable, Sendable, SettingChoice {
  case none, zstd
}
