package import Deduplication
package import Packing
package import QualityModel
package import TextAnalysis
package import Tokenization

/// A pipeline file with every default filled in and every step made.
package struct Pipeline: Sendable {
  /// Every random choice derives from it.
  package var seed = 0
  package var read = ReadingSettings()
  /// False when the pipeline has no `curate` stage.
  package var curates = true
  /// The steps of the `curate` stage, in order; may be empty.
  package var steps: [ConfiguredStep] = []
  /// Nil leaves the stage out.
  package var deduplicate: DeduplicationSettings?
  package var select: SelectionSettings?
  package var documents: DocumentStageSettings?
  package var tokenizer: TokenizerStageSettings?
  package var shards: TokenShardSettings?
  /// The shards of the index that a run is planned against; not in a pipeline file.
  var indexShardCount = 0
  /// Bytes of the inputs that a run is planned for; not in a pipeline file.
  var inputByteCount = 0

  package init() {}

  /// True when shards are made straight from the inputs: nothing else would read curated documents.
  var packsInputs: Bool {
    !curates && deduplicate == nil && select == nil && documents == nil && tokenizer?.file != nil
      && shards != nil
  }

  /// How records become conversations; nil when they are texts.
  var conversations: ConversationSettings? {
    shards.flatMap { $0.conversations.isOn ? $0.conversations : nil }
  }

  /// The attribute whose values are kept in the shards' sidecars: what `select` orders by, else the
  /// quality model's score when a step gives one.
  var scoredAttribute: String? {
    if let select { return select.attribute }
    return steps.contains { $0.name == QualityScore.name } ? QualityScore.attributes[0] : nil
  }

  /// Paths of the files that steps read and whose content therefore counts.
  var dependencies: [String] {
    let settings =
      steps.flatMap(\.settings) + (tokenizer.map(ResolvedSetting.all(of:)) ?? [])
    return settings.compactMap {
      guard $0.isPath, case .string(let path) = $0.value else { return nil }
      return path
    }
  }
}

/// The `tokenizer` stage: a tokenizer trained on the run's documents, or one from a file.
package struct TokenizerStageSettings: StepSettings {
  package var training = TokenizerSettings()
  /// A `tokenizer.json`, `.tiktoken` or SentencePiece `.model` to use instead of training one.
  package var file: PathSetting?
  package var filePattern: SplitPattern?

  package init() {}

  package func validate() throws(SettingsError) { try training.validate() }

  package static var settings: [Setting<TokenizerStageSettings>] {
    TokenizerSettings.settings.map { $0.nested(in: \.training) } + [
      .init("file", \.file, "a tokenizer to use as it is; null trains one on these documents"),
      .init(
        "file-pattern", \.filePattern,
        "how text is split, for a .tiktoken file whose name does not tell"),
    ]
  }
}
