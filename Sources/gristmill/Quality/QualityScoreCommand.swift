import ArgumentParser
import Pipelines

/// `gristmill quality score`: the score of every document.
struct QualityScoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Write each document's probability of being good.",
    discussion: """
        gristmill quality score --model model web.jsonl.zst --output scores.jsonl
      """)

  @OptionGroup var model: ModelOptions

  @Argument(help: "Input files or patterns; - is standard input.")
  var input: [String]

  @Option(help: "The JSON lines to write: id and score.")
  var output: String

  @Flag(help: "Write the probabilities of all labels too.")
  var probabilities = false

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var machine: MachineOptions

  func validate() throws {
    for ending in [".zst", ".gz", ".parquet"] where output.hasSuffix(ending) {
      throw ValidationError("--output \(output): scores are plain JSON lines; name a .jsonl file.")
    }
  }

  mutating func run() async throws {
    try OutputGuard.check(outputs: [output], inputs: input + model.files)
    let report = try await QualityScoring.run(
      input, reading: try reading.settings, model: try model.load(),
      writesProbabilities: probabilities, to: output, workerCount: machine.workerCount,
      observer: RunReporter(quiet: machine.quiet))
    try machine.finish(report.ledger, report.failures, printing: output != "-")
  }
}
