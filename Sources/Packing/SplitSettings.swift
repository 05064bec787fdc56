package import TextAnalysis

/// Which documents are held out.
package struct SplitSettings: StepSettings {
  package var validationShare = 0.01
  package var testShare = 0.0
  package var by = SplitKey.id

  package init() {}

  package static var settings: [Setting<Self>] {
    [
      .init(
        "validation-share", \.validationShare,
        "share of documents that go to the validation shards, 0 to 1, chosen by a hash"),
      .init(
        "test-share", \.testShare,
        "share of documents that go to the test shards, 0 to 1, chosen by the same hash"),
      .init(
        "split-by", \.by,
        "what is hashed, so that documents that share it are never parted: id, domain of the url "
          + "(id when there is none), text, or cluster: the set of documents that deduplicate found "
          + "connected (id when there is none)"),
    ]
  }

  package func validate() throws(SettingsError) {
    for (name, share) in [("validation-share", validationShare), ("test-share", testShare)] {
      guard share >= 0, share <= 1 else {
        throw SettingsError(setting: name, message: "Must be from 0 to 1, but is \(share)")
      }
    }
    guard validationShare + testShare <= 1 else {
      throw SettingsError(
        setting: "test-share",
        message: "Must leave room for the validation share: together they are above 1")
    }
  }
}

/// What documents have in common that stay on one side of a split.
package enum SplitKey: String, SettingChoice {
  case id, domain, text, cluster
}
