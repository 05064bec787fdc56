import ArgumentParser
import Documents
import Pipelines
import TextAnalysis

/// What the inputs are, and where in them a document's text and id stand.
struct FieldOptions: ParsableArguments {
  @Option(help: InputFormat.help)
  var format: ShardFormat?

  @OptionGroup var text: TextOptions

  /// Overrules settings with the options that are given.
  func apply(to reading: inout ReadingSettings) throws {
    try text.apply(to: &reading, format: format)
  }
}

/// What the option that names the format of inputs says of itself.
enum InputFormat {
  static let help: ArgumentHelp = """
    What the inputs are: \(ShardFormat.allCases.map(\.rawValue).joined(separator: ", ")). \
    Default: auto, by the bytes and the name of each.
    """
}

/// Where in the inputs a document's text and id stand.
struct TextOptions: ParsableArguments {
  @Option(help: "What one document is in plain text: file, line or separator. Default: file.")
  var textUnit: TextUnit?

  @Option(
    help: #"What stands between the documents of --text-unit separator. Default: \n\u001E\n"#)
  var textSeparator: String?

  @Flag(help: "The first row of CSV and TSV is data; the columns are called 1, 2, 3.")
  var noCsvHeader = false

  @Option(help: "The character between the cells of CSV, such as ';'. Default: a comma.")
  var csvDelimiter: String?

  @Option(help: "The JSON member or CSV column that holds the text. Default: text.")
  var textField: String?

  @Option(help: "The JSON member or CSV column that holds the id. Default: id.")
  var idField: String?

  /// Overrules settings with the options that are given.
  func apply(to reading: inout ReadingSettings, format: ShardFormat?) throws {
    if let format { reading.format = format }
    if let textUnit { reading.textUnit = textUnit }
    if let textSeparator {
      reading.textSeparator = textSeparator
      if textUnit == nil { reading.textUnit = .separator }
    }
    if noCsvHeader { reading.csvHeader = false }
    if let csvDelimiter { reading.csvDelimiter = csvDelimiter }
    if let textField { reading.textField = textField }
    if let idField { reading.idField = idField }
    do {
      try reading.validate()
    } catch {
      throw ValidationError("--\(error.setting) \(error.message).")
    }
  }
}

extension ShardFormat: ExpressibleByArgument {}
extension TextUnit: ExpressibleByArgument {}
