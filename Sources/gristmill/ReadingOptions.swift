import ArgumentParser
import Pipelines

/// How a command without a pipeline file reads its inputs.
struct ReadingOptions: ParsableArguments {
  @OptionGroup var fields: FieldOptions

  @Option(
    name: .customLong("set"),
    help: """
      Changes how inputs are read, such as read.maximum-window-log=31; may be repeated. \
      'gristmill list' names the settings.
      """)
  var overrides: [String] = []

  func validate() throws {
    for text in overrides where SettingOverride(text) == nil {
      throw ValidationError("--set \(text): write read.key=value.")
    }
  }

  /// The default `read` settings with these options.
  var settings: ReadingSettings {
    get throws {
      let pipeline = "gristmill: 1\nstages:\n  - curate: []\n"
      var settings = try PipelineParser.parse(
        pipeline, file: "--set", folder: ".", overrides: overrides.compactMap(SettingOverride.init)
      ).read
      try fields.apply(to: &settings)
      return settings
    }
  }

  func source(of patterns: [String], observer: RunReporter) throws -> DocumentSource {
    try DocumentSource(patterns, reading: settings, observer: observer)
  }
}
