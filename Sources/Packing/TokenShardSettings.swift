package import TextAnalysis

/// How a stage writes token shards.
package struct TokenShardSettings: StepSettings {
  package var format = TokenShardFormat.megatron
  package var validationShare = 0.01
  package var endOfDocument = "<|endoftext|>"

  package init() {}

  package static var settings: [Setting<Self>] {
    [
      .init("format", \.format, "the layout of the token shards"),
      .init(
        "validation-share", \.validationShare,
        "share of documents that go to the validation shards, 0 to 1, chosen by a hash of their id"),
      .init("end-of-document", \.endOfDocument, "the special token after each document"),
    ]
  }

  /// Refuses settings that no shard can be written with.
  package func validate() throws(SettingsError) {
    guard validationShare >= 0, validationShare <= 1 else {
      throw SettingsError(
        setting: "validation-share", message: "Must be from 0 to 1, but is \(validationShare)")
    }
    guard !endOfDocument.isEmpty else {
      throw SettingsError(
        setting: "end-of-document",
        message: "Must name a special token of the tokenizer, such as <|endoftext|>")
    }
  }
}
