import ArgumentParser
import ByteKernels
import Pipelines

/// `gristmill quality evaluate`: how well a model tells good from bad.
struct QualityEvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Judge a model on labelled documents.",
    discussion: """
      Each document has a text and a label: 0 or 1, or a name the model knows. Prints the area under \
      the ROC curve (auc), f1, precision, recall, log_loss and more, with what they mean.

        gristmill quality evaluate --model model held-out.jsonl --plots plots
      """)

  @OptionGroup var model: ModelOptions

  @Argument(help: "Input files or patterns; - is standard input.")
  var input: [String]

  @Option(
    help: "A document counts as good when its score is above. Default: the model's threshold.")
  var threshold: Double?

  @Option(help: "The JSON member that holds the label.")
  var labelField = "label"

  @Option(help: "A folder for pictures (SVG): ROC, precision and recall, calibration, scores.")
  var plots: String?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var machine: MachineOptions

  func validate() throws {
    if threshold?.isFinite == false { throw ValidationError("--threshold must be a number.") }
    if plots?.isEmpty == true { throw ValidationError("--plots names no folder.") }
  }

  mutating func run() async throws {
    var inputs = LabelledInputs()
    inputs.labelled = input
    inputs.labelField = labelField
    let report = try await QualityJudging.run(
      inputs, reading: try reading.settings, model: try model.load(givesScores: false),
      threshold: threshold,
      workerCount: machine.workerCount, observer: RunReporter(quiet: machine.quiet))
    let judgement = report.judgement
    Terminal.write(machine.json ? judgement.json + "\n" : judgement.table, to: .output)
    if let plots { try PlotFolder.write(judgement.plots, to: plots) }
    try machine.finish(report.ledger, report.failures, printing: false)
  }
}
