package import TextAnalysis

/// How a strategy treats what does not come out even.
package struct SequenceSettings: StepSettings {
  package var remainder = Remainder.pad
  package var overlong = Overlong.auto
  package var windowTokens = 1 << 23
  package var bucketLengths: [Int] = []

  package init() {}

  package static var settings: [Setting<Self>] {
    [
      .init(
        "remainder", \.remainder,
        "sequences that documents do not fill: pad fills them up; drop does so too, but leaves out the "
          + "last of a shard; keep lets them be shorter, in formats that can hold it; nothing where "
          + "every document is a sequence of its own"),
      .init(
        "overlong", \.overlong,
        "documents longer than a sequence: cut goes on in further sequences, crop leaves out the rest, "
          + "drop the whole document; auto cuts in best-fit and crops in one-per-document and buckets; "
          + "concatenate always cuts"
      ),
      .init(
        "window-tokens", \.windowTokens,
        "tokens that best-fit and buckets gather before they hand sequences on; a document counts with "
          + "\(BestFitWindow.itemWeight) more than it has"),
      .init(
        "bucket-lengths", \.bucketLengths,
        "in buckets the lengths of sequences below sequence-length, ascending; none stands for the "
          + "powers of two from 64 on"),
    ]
  }

  package func validate() throws(SettingsError) {
    guard (1...1 << 31).contains(windowTokens) else {
      throw SettingsError(
        setting: "window-tokens", message: "Must be from 1 to \(1 << 31), but is \(windowTokens)")
    }
    var last = 0
    for length in bucketLengths {
      guard length > last else {
        throw SettingsError(
          setting: "bucket-lengths",
          message: "Must ascend from 1 on, but has \(length) after \(last)")
      }
      last = length
    }
  }
}

/// What becomes of a sequence that documents do not fill.
package enum Remainder: String, CaseIterable, Sendable, SettingChoice {
  case pad
  case drop
  case keep
}

/// What becomes of a document that is longer than a sequence.
package enum Overlong: String, CaseIterable, Sendable, SettingChoice {
  case auto
  case cut
  case crop
  case drop
}
