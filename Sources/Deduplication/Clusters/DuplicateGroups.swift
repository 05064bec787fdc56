/// Which texts of a corpus that fits memory belong together: equal, or equal in a band of min-hashes.
///
/// For keeping near copies on one side of a split, where a pair missed does more harm than one too
/// many: bands and rows are few, and candidates are not verified. Takes 88 bytes a text; a pair of
/// similarity 0.8 is found with probability 0.95, one of 0.5 with 0.15.
package struct DuplicateGroups: Sendable {
  /// How texts must be signed for this.
  package static var settings: DeduplicationSettings {
    var settings = DeduplicationSettings()
    settings.bands = 10
    settings.rows = 6
    return settings
  }

  /// One list of keys a band, and last the digests; 0 stands for no key.
  private var keys: [[UInt64]]

  package init() {
    keys = Array(repeating: [], count: Self.settings.bands + 1)
  }

  package var count: Int { keys[0].count }

  /// Adds the next text.
  package mutating func add(_ signature: Signature) {
    let settings = Self.settings
    for band in 0..<settings.bands {
      let key =
        signature.minHashes.isEmpty
        ? 0
        : BandKey.near(
          band: band, signature.minHashes, from: band * settings.rows, wordCount: settings.rows,
          row: 0
        ).high | 1
      keys[band].append(key)
    }
    keys[settings.bands].append(signature.digest.low | 1)
  }

  /// For each text the position of the first one of its group.
  package func representatives() -> [UInt32] {
    var sets = DisjointSets(count: UInt32(count))
    for column in keys {
      let order = (0..<UInt32(count)).filter { column[Int($0)] != 0 }
        .sorted { (column[Int($0)], $0) < (column[Int($1)], $1) }
      for (left, right) in zip(order, order.dropFirst())
      where column[Int(left)] == column[Int(right)] {
        sets.join(left, right)
      }
    }
    return (0..<UInt32(count)).map { sets.root($0) }
  }
}
