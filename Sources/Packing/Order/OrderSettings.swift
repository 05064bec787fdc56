package import TextAnalysis

/// In which order documents stand in the shards, and over how many shards they go.
package struct OrderSettings: StepSettings {
  package var shuffle = false
  package var by = ""
  package var direction = OrderDirection.ascending
  package var shardCount = 0

  package init() {}

  /// Stands for the number of a document's tokens.
  package static let length = "length"

  package static var settings: [Setting<Self>] {
    [
      .init(
        "shuffle", \.shuffle,
        "documents stand in a random order of the whole corpus, by the seed; with order-by only those "
          + "of equal value do"),
      .init(
        "order-by", \.by,
        "a curriculum: documents are ordered by this number in their metadata, or by their length "
          + "in tokens; those without it come last; empty for none"),
      .init("order", \.direction, "whether the least or the largest of order-by comes first"),
      .init(
        "shard-count", \.shardCount,
        "train shards, nearly equal in tokens; 0 makes one of each task, or, where documents change "
          + "their places, one of every 256 MiB of input"),
    ]
  }

  package func validate() throws(SettingsError) {
    guard (0...Self.maximumShardCount).contains(shardCount) else {
      throw SettingsError(
        setting: "shard-count",
        message: "Must be from 0 to \(Self.maximumShardCount), but is \(shardCount)")
    }
  }

  /// True when documents leave the places of their input.
  package var isActive: Bool { shuffle || !by.isEmpty || shardCount > 0 }

  static let maximumShardCount = 1 << 16
  private static let shardByteCount = 256 << 20
  private static let automaticShardLimit = 8192

  /// How many train shards documents of `inputByteCount` bytes of input go to.
  package func shardCount(inputByteCount: Int) -> Int {
    if shardCount > 0 { return shardCount }
    return min(
      Self.automaticShardLimit,
      max(1, (inputByteCount + Self.shardByteCount - 1) / Self.shardByteCount))
  }
}

package enum OrderDirection: String, SettingChoice {
  case ascending, descending
}
