import ArgumentParser
import ByteKernels
import Pipelines
import QualityModel

/// `gristmill quality evaluate`: how well a model tells good from bad.
struct QualityEvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Judge a model on labelled documents.",
    discussion: """
      Each JSON line has a text and a label, 0 or 1. Prints the area under the ROC curve (auc), f1, \
      precision, recall and more.

        gristmill quality evaluate --model model held-out.jsonl
      """)

  @OptionGroup var model: ModelOptions

  @Argument(help: "Input files or patterns; - is standard input.")
  var input: [String]

  @Option(help: "A document counts as good when its score is above.")
  var threshold = 0.5

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var machine: MachineOptions

  mutating func run() throws {
    let source = try reading.source(of: input, observer: RunReporter(quiet: machine.quiet))
    let report = try QualityJudging.run(
      source, model: try model.load(), threshold: threshold)
    Terminal.write(machine.json ? report.json + "\n" : report.table, to: .output)
    try machine.finish(source.ledger, source.failures, printing: false)
  }
}
