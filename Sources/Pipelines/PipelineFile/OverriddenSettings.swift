package import TextAnalysis

extension StepSettings {
  /// The defaults with the overrides whose owner is `owner`, for commands without a pipeline file.
  ///
  /// Throws every fault at once; overrides of other owners are left alone.
  package static func overridden(
    by overrides: [SettingOverride], owner: String
  ) throws(PipelineError) -> Self {
    var reader = SettingsReader(
      file: "--set", folder: ".", overrides: overrides.filter { $0.owner == owner })
    let settings = reader.read(Self.self, from: nil, owner: owner)
    if !reader.issues.isEmpty { throw PipelineError(reader.issues) }
    return settings
  }
}
