import ArgumentParser
import ByteKernels
import Pipelines
import QualityModel

/// `gristmill quality search`: which settings train the best model.
struct QualitySearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Try settings by cross-validation, and train a model with the best.",
    discussion: """
      Every combination of the --try values is tried, or --trials of them drawn by the seed. The \
      settings are those of --set train.NAME. Writes the model, search.json and learning-curve.json, \
      and pictures of both.

        gristmill quality search --positive good.jsonl --negative bad.jsonl --output model \\
          --try words=1,2,3 --try regularization=0.00001,0.0001
        gristmill quality search --labelled rated.jsonl --output model --trials 20 \\
          --try regularization=0.000001..0.01
      """)

  @OptionGroup var labels: LabelOptions

  @Option(help: "The folder of the model; made when it is not there.")
  var output: String

  @Option(
    name: .customLong("try"),
    help: "A setting with its values, NAME=V1,V2, or bounds to draw from, NAME=LOW..HIGH.")
  var axes: [String]

  @Option(help: "Combinations to draw instead of trying all.")
  var trials: Int?

  @Option(help: "Folds of cross-validation.")
  var folds = 5

  @Option(help: "The figure that decides, such as auc, log_loss or f1.")
  var figure = "auc"

  @OptionGroup var regression: RegressionOptions
  @OptionGroup var reading: OwnReadingOptions<TrainingOwner>
  @OptionGroup var machine: MachineOptions

  func validate() throws {
    for text in axes where SearchSpace.Axis(text) == nil {
      throw ValidationError("--try \(text): write NAME=V1,V2 or NAME=LOW..HIGH.")
    }
    if let trials, trials < 1 { throw ValidationError("--trials must be at least 1.") }
    if trials == nil, !space.isFinite {
      throw ValidationError("Bounds have no end of values: say how many --trials to draw.")
    }
    if !(2...100).contains(folds) { throw ValidationError("--folds must be from 2 to 100.") }
  }

  private var space: SearchSpace { SearchSpace(axes.compactMap(SearchSpace.Axis.init)) }

  mutating func run() async throws {
    try OutputGuard.check(folder: output, inputs: labels.files)
    let report = try await search().run(
      to: output, workerCount: machine.workerCount, memoryByteCount: machine.memory.byteCount,
      observer: RunReporter(quiet: machine.quiet))
    try finish(report)
  }

  private func search() throws -> QualitySearch {
    var search = QualitySearch(reading: try reading.settings, space: space)
    search.inputs = labels.inputs
    search.overrides = try regression.overrides(reading.ownOverrides, seed: labels.seed)
    search.trialCount = trials
    search.foldCount = folds
    search.figure = figure
    return search
  }

  private func finish(_ report: QualitySearch.Report) throws {
    Terminal.write(machine.json ? report.json + "\n" : Self.text(report), to: .output)
    try machine.finish(report.ledger, report.failures, printing: false)
  }

  private static func text(_ report: QualitySearch.Report) -> String {
    let good = report.goodLabel.map { "The good label is \($0).\n" } ?? ""
    return good + report.result.table + "\n" + report.curve.table
  }
}
