internal import Deduplication
internal import Packing
internal import QualityModel
internal import TextAnalysis

/// Everything a pipeline file can say, for `gristmill list`.
package enum PipelineVocabulary {
  /// A section, stage or step.
  package struct Entry: Codable, Sendable {
    package let name: String
    /// "section", "stage", "filter", "modifier", "annotator", or "command" for what no pipeline has.
    package let kind: String
    package let summary: String
    package let settings: [Item]
  }

  /// One setting with its default as YAML.
  package struct Item: Codable, Sendable {
    package let name: String
    package let summary: String
    package let expectation: String
    package let defaultValue: String
  }

  package static var entries: [Entry] {
    let steps = StepCatalog.steps.map { entry($0) }
    return [
      entry(ReadingSettings.self, "read", "section", "How records become documents."),
      Entry(
        name: "curate", kind: "stage", summary: "Passes documents through the steps below.",
        settings: []),
    ] + steps + [
      entry(
        DeduplicationSettings.self, "deduplicate", "stage",
        "Removes exact and near duplicates (MinHash LSH) and keeps one of each cluster."),
      entry(
        SelectionSettings.self, "select", "stage",
        "Keeps the best share of the documents by a score, in each group of its own."),
      entry(
        DocumentStageSettings.self, "documents", "stage",
        "Writes the documents that are left as JSON lines."),
      entry(
        TokenizerStageSettings.self, "tokenizer", "stage",
        "Trains a byte-level BPE tokenizer on the documents that are left, or takes one from a file."
      ),
      entry(
        TokenShardSettings.self, "shards", "stage",
        "Encodes the documents and packs them into token shards."),
      entry(
        QualityTrainingSettings.self, "train", "command",
        "How quality train and quality search train a model: --set train.NAME=VALUE."),
    ]
  }

  package static func json(_ entries: [Entry]) throws -> String {
    String(decoding: try JSONFile.encode(entries), as: UTF8.self)
  }

  private static func entry<S: Step>(_ step: S.Type) -> Entry {
    let kind =
      step is any Filter.Type ? "filter" : step is any Modifier.Type ? "modifier" : "annotator"
    return entry(S.Settings.self, S.name, kind, S.summary)
  }

  private static func entry<Settings: StepSettings>(
    _ settings: Settings.Type, _ name: String, _ kind: String, _ summary: String
  ) -> Entry {
    let defaults = Settings()
    let items = Settings.settings.map {
      Item(
        name: $0.name, summary: $0.summary, expectation: $0.expectation,
        defaultValue: $0.get(defaults).yaml)
    }
    return Entry(name: name, kind: kind, summary: summary, settings: items)
  }
}
