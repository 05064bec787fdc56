import ArgumentParser
import ByteKernels
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
    try fields.apply(to: &resolved.read)
    return resolved
  }
}
