import ArgumentParser
import ByteKernels
import Pipelines

/// `gristmill list`: every step with its settings, from the catalogs.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Print every stage and step, and how models are trained, with settings and defaults.")

  @Flag(help: "Print JSON.")
  var json = false

  mutating func run() throws {
    let entries = PipelineVocabulary.entries
    if json {
      Terminal.write(try PipelineVocabulary.json(entries), to: .output)
      return
    }
    for entry in entries {
      Terminal.write("\(entry.name)  (\(entry.kind))\n    \(entry.summary)\n", to: .output)
      for setting in entry.settings {
        Terminal.write(
          "    \(setting.name): \(setting.defaultValue)\n        \(setting.summary)"
            + " (\(setting.expectation))\n", to: .output)
      }
      Terminal.write("\n", to: .output)
    }
  }
}
