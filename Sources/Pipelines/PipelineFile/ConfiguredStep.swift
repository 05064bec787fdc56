package import TextAnalysis

/// A step made from its settings, with the settings it was made from.
package struct ConfiguredStep: Sendable {
  package let name: String
  package let step: any Step
  /// Every setting, defaults filled in.
  package let settings: [ResolvedSetting]
}

/// A setting's name and the value it has in a resolved pipeline.
package struct ResolvedSetting: Sendable, Equatable {
  package let name: String
  package let value: SettingValue
  package let isPath: Bool

  /// Every setting of a settings struct.
  package static func all<Settings: StepSettings>(of settings: Settings) -> [ResolvedSetting] {
    Settings.settings.map {
      ResolvedSetting(name: $0.name, value: $0.get(settings), isPath: $0.isPath)
    }
  }
}
