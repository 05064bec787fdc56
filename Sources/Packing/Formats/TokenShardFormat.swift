internal import ByteKernels
internal import TextAnalysis

/// The layouts a token shard can be written in; a new one is a layout and a line in each list here.
package enum TokenShardFormat: String, CaseIterable, Sendable, SettingChoice {
  case megatron
  case nanogpt
  case llmc
  case olmo
  case datatrove
  case npy
  case mds
  case webdataset
  case parquet

  package var layout: any TokenShardLayout.Type {
    switch self {
    case .megatron: MegatronLayout.self
    case .nanogpt: NanoGPTLayout.self
    case .llmc: LLMCLayout.self
    case .olmo: OLMoLayout.self
    case .datatrove: DatatroveLayout.self
    case .npy: NumPyLayout.self
    case .mds: MDSLayout.self
    case .webdataset: WebDatasetLayout.self
    case .parquet: ParquetLayout.self
    }
  }

  /// The format of the shard that `path` leads to, and the path to open its reader with.
  ///
  /// The path may be that of any of the shard's files, or what they have in common before their endings.
  /// Names count as well as content, because some formats have no mark of their own; nil when no format
  /// fits. With `known` no other format is looked for, and its readers say what is wrong.
  package static func recognise(
    _ path: String, as known: TokenShardFormat? = nil
  ) -> (format: TokenShardFormat, path: String)? {
    for format in known.map({ [$0] }) ?? allCases {
      let endings = format.layout.fileEndings
      let stems =
        endings.filter { path.hasSuffix($0) }.map { String(path.dropLast($0.count)) } + [path]
      for stem in stems {
        for ending in format.layout.firstEndings {
          let first = stem + ending
          let isShard =
            known == nil
            ? format.layout.recognises(first) : FileSystem.status(first)?.isRegularFile == true
          if isShard { return (format, first) }
        }
      }
    }
    return nil
  }
}
