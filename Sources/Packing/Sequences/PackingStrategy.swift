internal import TextAnalysis

/// How documents become training sequences; a new one is a packer and a line in each list here.
package enum PackingStrategy: String, CaseIterable, Sendable, SettingChoice {
  case concatenate
  case bestFit = "best-fit"
  case onePerDocument = "one-per-document"
  case buckets

  /// A packer of sequences of `sequenceLength` tokens, filled up with `padding`; with the length 0
  /// every document is a sequence of its own.
  package func packer(
    _ settings: SequenceSettings, sequenceLength length: Int, padding: UInt32
  ) -> any SequencePacker {
    if length == 0 { return DocumentPacker() }
    return switch self {
    case .concatenate:
      ConcatenatingPacker(settings, sequenceLength: length, padding: padding)
    case .bestFit:
      BestFitPacker(settings, sequenceLength: length, padding: padding)
    case .onePerDocument:
      SingleDocumentPacker(settings, sequenceLength: length, padding: padding)
    case .buckets:
      LengthBucketPacker(settings, sequenceLength: length, padding: padding)
    }
  }
}
