internal import ByteKernels
package import TextAnalysis

extension DeduplicationSettings {
  private static let pieceNames = PieceSettings.settings.map(\.name)

  /// Where an index lies, and whether it grows, shows in no file.
  private static let indexNames = IndexSettings.settings.map(\.name)

  /// Identifies removal lists made under the same settings and seed.
  package func digest(seed: UInt64) -> UInt64 {
    Self.digest(self, seed, without: Self.pieceNames + Self.indexNames)
  }

  /// Identifies what is written about pieces under the same settings.
  package var pieceDigest: UInt64 { Self.digest(self, 0, without: Self.indexNames) }

  /// Identifies signatures and candidate pairs.
  ///
  /// Which copy stays, and how similar it has to be, can be decided anew without making them again;
  /// a threshold shows in bands and rows.
  package func signatureDigest(seed: UInt64) -> UInt64 {
    Self.digest(self, seed, without: Self.decidedLater)
  }

  /// The settings that show in signatures, by name.
  package var signatureSettings: [String: SettingValue] {
    let shown = Self.settings.filter { !Self.decidedLater.contains($0.name) }
    return Dictionary(uniqueKeysWithValues: shown.map { ($0.name, $0.get(self)) })
  }

  /// What shows in no signature and no pair.
  ///
  /// The ranks in signatures follow from `keep`, but they are only read in the run that wrote them; so
  /// is the sample of its audit.
  private static let decidedLater =
    [
      "profile", "threshold", "hashes", "false-positive-weight", "keep", "preferred-sources",
      "preferred-urls", "minimum-similarity", "chains", "duplicate-count",
      "sample-documents",
    ] + pieceNames + indexNames

  private static func digest(_ values: Self, _ seed: UInt64, without names: [String]) -> UInt64 {
    var text = "deduplication 1 seed=\(seed)"
    for setting in settings where !names.contains(setting.name) {
      text += " \(setting.name)=\(setting.get(values))"
    }
    return XXH64.hash(Array(text.utf8).span)
  }
}
