package import ByteKernels
internal import TextAnalysis

/// The layouts a token shard can be written in; a new one is a writer and a line in each list here.
package enum TokenShardFormat: String, CaseIterable, Sendable, SettingChoice {
  case megatron

  /// Starts a shard whose files are named after `prefix`; every id is below `vocabularySize`, which
  /// decides the width of a token.
  package func writer(
    prefix: String, vocabularySize: Int
  ) throws(FileError) -> any TokenShardWriter {
    switch self {
    case .megatron: try MegatronWriter(prefix: prefix, vocabularySize: vocabularySize)
    }
  }
}
