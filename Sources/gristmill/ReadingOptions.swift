import ArgumentParser
import Documents
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
    for text in overrides where SettingOverride(text)?.owner != Self.owner {
      throw ValidationError("--set \(text): write read.key=value.")
    }
  }

  /// The name of an option that is given; nil when none is.
  var firstGiven: String? {
    let text = fields.text
    let given: [(String, Bool)] = [
      ("format", fields.format != nil), ("text-unit", text.textUnit != nil),
      ("text-separator", text.textSeparator != nil), ("no-csv-header", text.noCsvHeader),
      ("csv-delimiter", text.csvDelimiter != nil), ("text-field", text.textField != nil),
      ("id-field", text.idField != nil), ("set", !overrides.isEmpty),
    ]
    return given.first(where: \.1)?.0
  }

  /// What the overrides belong to.
  static let owner = "read"

  /// The default `read` settings with these options.
  var settings: ReadingSettings {
    get throws {
      try Self.settings(
        overrides.compactMap(SettingOverride.init), fields.text, format: fields.format)
    }
  }

  /// The default `read` settings with overrides and fields.
  static func settings(
    _ overrides: [SettingOverride], _ text: TextOptions, format: ShardFormat?
  ) throws -> ReadingSettings {
    let pipeline = "gristmill: 1\nstages:\n  - curate: []\n"
    var settings = try PipelineParser.parse(
      pipeline, file: "--set", folder: ".", overrides: overrides
    ).read
    try text.apply(to: &settings, format: format)
    return settings
  }

  func source(of patterns: [String], observer: RunReporter) throws -> DocumentSource {
    try DocumentSource(patterns, reading: settings, observer: observer)
  }
}
