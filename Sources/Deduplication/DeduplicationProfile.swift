internal import TextAnalysis

/// A named way of finding duplicates: values for all settings that are not given.
package enum DeduplicationProfile: String, CaseIterable, SettingChoice {
  case `default`

  package var settings: DeduplicationSettings {
    var settings = DeduplicationSettings()
    settings.chosenProfile = self
    return settings
  }
}
