internal import TextAnalysis
internal import Tokenization

/// `report.json`: what a tokenizer was trained on and with, and how well it packs that text.
struct TrainingReport: Codable, Sendable {
  let vocabularySize: Int
  let mergeCount: Int
  /// Of everything that decides which ids a text becomes.
  let digest: String
  /// Distinct pre-tokens.
  let wordCount: UInt64
  /// Pre-tokens, bytes and tokens of the training text, weighted, whole ones.
  let wordTotal: UInt64
  let byteTotal: UInt64
  let tokenTotal: UInt64
  let bytesPerToken: Double
  let settings: [String: String]

  init(_ trained: TrainedVocabulary, _ settings: TokenizerSettings) {
    vocabularySize = trained.vocabulary.size
    mergeCount = trained.vocabulary.merges.count
    digest = Hexadecimal.digits(trained.vocabulary.digest)
    wordCount = trained.extent.wordCount
    wordTotal = trained.extent.total / trained.unit
    byteTotal = trained.extent.textByteCount / trained.unit
    tokenTotal = trained.tokenTotal / trained.unit
    bytesPerToken =
      trained.tokenTotal == 0
      ? 0 : Double(trained.extent.textByteCount) / Double(trained.tokenTotal)
    self.settings = Dictionary(
      uniqueKeysWithValues: ResolvedSetting.all(of: settings).map { ($0.name, $0.value.yaml) })
  }
}
