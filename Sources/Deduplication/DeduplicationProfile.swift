internal import TextAnalysis

/// A named way of finding duplicates: values for all settings that are not given.
package enum DeduplicationProfile: String, CaseIterable, SettingChoice {
  case `default`
  /// The signatures of datatrove 0.10 to the bit, and its clusters: whatever candidates connect.
  case datatrove

  package var settings: DeduplicationSettings {
    var settings = DeduplicationSettings()
    settings.chosenProfile = self
    if self == .datatrove {
      settings.shingles = .datatroveWords
      settings.shortExact = false
      settings.hash = .datatrove
      settings.hashBits = 64
      settings.hashSeed = 1
      settings.exact = false
      settings.minimumSimilarity = 0
      settings.chains = .follow
    }
    return settings
  }
}
