import ArgumentParser
import Pipelines

/// How a command without a pipeline file reads its inputs.
struct ReadingOptions: ParsableArguments {
  @OptionGroup var fields: FieldOptions

  @Option(
    name: .customLong("set"),
    help: """
      Changes how inputs are read, such as read.maximum-window-log=31; may be repeated. \
      'gristmill list' names the settings. Where a model is trained, train.words=3 and the like.
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
        pipeline, file: "--set", folder: ".", overrides: readOverrides
      ).read
      try fields.apply(to: &settings)
      return settings
    }
  }

  /// Those that are about the command, not about reading.
  var commandOverrides: [SettingOverride] {
    overrides.compactMap(SettingOverride.init).filter { $0.owner == QualitySearch.owner }
  }

  private var readOverrides: [SettingOverride] {
    overrides.compactMap(SettingOverride.init).filter { $0.owner != QualitySearch.owner }
  }

  func source(of patterns: [String], observer: RunReporter) throws -> DocumentSource {
    try DocumentSource(patterns, reading: settings, observer: observer)
  }
}
