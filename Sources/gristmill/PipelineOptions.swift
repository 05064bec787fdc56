import ArgumentParser
import ByteKernels
import Documents
import FoundationEssentials
import Pipelines

/// A pipeline file, and what the command line changes in it.
struct PipelineOptions: ParsableArguments {
  @Argument(help: "The pipeline file, such as Pipelines/crawl.yaml.")
  var pipeline: String

  @Option(help: "Replaces the pipeline's seed.")
  var seed: Int?

  @Option(
    name: .customLong("set"), help: "Changes a setting: stage.step.key=value; may be repeated.")
  var overrides: [String] = []

  @OptionGroup var fields: FieldOptions

  func validate() throws {
    if let seed, seed < 0 { throw ValidationError("--seed must be at least 0.") }
    for text in overrides where SettingOverride(text) == nil {
      throw ValidationError(
        "--set \(text): write stage.step.key=value, such as read.text-field=body.")
    }
  }

  /// The resolved pipeline; throws with the place of every fault.
  func resolve() throws -> Pipeline {
    guard let text = try? String(contentsOfFile: pipeline, encoding: .utf8) else {
      throw PipelineError(file: pipeline, message: "no such pipeline file, or it is not UTF-8 text")
    }
    let absolute = FileSystem.absolute(pipeline)
    let folder = absolute.lastIndex(of: "/").map { String(absolute[..<$0]) } ?? "."
    var resolved = try PipelineParser.parse(
      text, file: pipeline, folder: folder, overrides: overrides.compactMap(SettingOverride.init))
    if let seed { resolved.seed = seed }
    if let format = fields.format { resolved.read.format = format }
    if let textField = fields.textField { resolved.read.textField = textField }
    if let idField = fields.idField { resolved.read.idField = idField }
    return resolved
  }
}

/// What the inputs are, and which of their members are a document's text and id.
struct FieldOptions: ParsableArguments {
  @Option(
    help: """
      What the inputs are: \(ShardFormat.allCases.map(\.rawValue).joined(separator: ", ")). \
      Default: auto, by the bytes and the name of each.
      """)
  var format: ShardFormat?

  @Option(help: "The member of a JSON line that holds the text. Default: text.")
  var textField: String?

  @Option(help: "The member of a JSON line that holds the id. Default: id.")
  var idField: String?
}

extension ShardFormat: ExpressibleByArgument {}
