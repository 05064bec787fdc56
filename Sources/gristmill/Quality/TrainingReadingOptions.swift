import ArgumentParser
import Pipelines

/// How a command that trains a model reads its inputs, and what else it is told of the training.
struct TrainingReadingOptions: ParsableArguments {
  @OptionGroup var fields: FieldOptions

  @Option(
    name: .customLong("set"),
    help: """
      Changes how the model is trained, such as train.words=3, or how inputs are read, such as \
      read.maximum-window-log=31; may be repeated. 'gristmill list' names the settings.
      """)
  var overrides: [String] = []

  func validate() throws {
    let owners = [QualitySearch.owner, ReadingOptions.owner]
    for text in overrides where !owners.contains(SettingOverride(text)?.owner ?? "") {
      throw ValidationError("--set \(text): write train.key=value or read.key=value.")
    }
  }

  /// The default `read` settings with these options.
  var settings: ReadingSettings {
    get throws {
      try ReadingOptions.settings(given.filter { $0.owner == ReadingOptions.owner }, fields)
    }
  }

  /// Those that are about the training.
  var trainingOverrides: [SettingOverride] { given.filter { $0.owner == QualitySearch.owner } }

  private var given: [SettingOverride] { overrides.compactMap(SettingOverride.init) }
}
