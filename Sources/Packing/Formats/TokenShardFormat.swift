internal import TextAnalysis

/// The layouts a token shard can be written in; a new one is a layout and a line in each list here.
package enum TokenShardFormat: String, CaseIterable, Sendable, SettingChoice {
  case megatron

  package var layout: any TokenShardLayout.Type {
    switch self {
    case .megatron: MegatronLayout.self
    }
  }
}
