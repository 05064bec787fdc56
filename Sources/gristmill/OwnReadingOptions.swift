import ArgumentParser
import Documents
import Pipelines

/// What a command has settings of, besides those of reading.
protocol SettingOwner {
  /// The first part of a setting's path.
  static var name: String { get }
  /// What the settings change, after "Changes".
  static var subject: String { get }
  /// A setting with a value.
  static var example: String { get }
  /// The option that names the format of the inputs.
  static var inputFormatOption: String { get }
}

extension SettingOwner {
  static var inputFormatOption: String { "format" }
}

/// How a command with settings of its own reads its inputs, and what else it is told.
struct OwnReadingOptions<Owner: SettingOwner>: ParsableArguments {
  @Option(name: .customLong(Owner.inputFormatOption), help: InputFormat.help)
  var inputFormat: ShardFormat?

  @OptionGroup var text: TextOptions

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Changes \(Owner.subject), such as \(Owner.name).\(Owner.example), or how inputs are read, "
        + "such as read.maximum-window-log=31; may be repeated. 'gristmill list' names the settings."
    ))
  var overrides: [String] = []

  func validate() throws {
    let owners = [Owner.name, ReadingOptions.owner]
    for text in overrides where !owners.contains(SettingOverride(text)?.owner ?? "") {
      throw ValidationError("--set \(text): write \(Owner.name).key=value or read.key=value.")
    }
  }

  /// The default `read` settings with these options.
  var settings: ReadingSettings {
    get throws {
      try ReadingOptions.settings(
        given.filter { $0.owner == ReadingOptions.owner }, text, format: inputFormat)
    }
  }

  /// Those that are not about reading.
  var ownOverrides: [SettingOverride] { given.filter { $0.owner == Owner.name } }

  private var given: [SettingOverride] { overrides.compactMap(SettingOverride.init) }
}
