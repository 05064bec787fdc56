internal import TextAnalysis

/// How documents become training sequences; a new one is a packer and a line in each list here.
package enum PackingStrategy: String, CaseIterable, Sendable, SettingChoice {
  case concatenate

  /// A packer of sequences of `sequenceLength` tokens, filled up with `padding`; with the length 0
  /// every document is a sequence of its own.
  package func packer(sequenceLength: Int, padding: UInt32) -> any SequencePacker {
    switch self {
    case .concatenate: DocumentPacker()
    }
  }
}
