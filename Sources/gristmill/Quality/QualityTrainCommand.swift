import ArgumentParser
import ByteKernels
import Pipelines
import QualityModel
import TextAnalysis

/// `gristmill quality train`: a model from good and bad documents.
struct QualityTrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model (HashingTF and logistic regression) on good and bad documents.",
    discussion: """
        gristmill quality train --positive good.jsonl --negative bad.jsonl --output model
      """)

  @Option(parsing: .upToNextOption, help: "Files of good documents.")
  var positive: [String]

  @Option(parsing: .upToNextOption, help: "Files of bad documents.")
  var negative: [String]

  @Option(help: "The folder of the model; made when it is not there.")
  var output: String

  @Option(help: "Features the terms are hashed to. Default: 262144.")
  var features: Int?

  @Option(help: "Penalty on large weights (Spark's regParam).")
  var regularization: Double?

  @Option(help: "Share of the penalty that is L1, from 0 to 1.")
  var elasticNet: Double?

  @Option(help: "Iterations at most.")
  var maximumIterations: Int?

  @Option(help: "Relative change of the objective to stop at.")
  var tolerance: Double?

  @Flag(help: "Do not scale features to equal deviation.")
  var noStandardization = false

  @Flag(help: "Fit no constant term.")
  var noIntercept = false

  @Option(help: "Which terms a text has: default, or spark for Spark ML's Tokenizer.")
  var pipeline: FeaturePipeline?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var machine: MachineOptions

  private var settings: QualityTrainingSettings {
    var settings = QualityTrainingSettings()
    if let features { settings.features = features }
    if let regularization { settings.regularization = regularization }
    if let elasticNet { settings.elasticNet = elasticNet }
    if let maximumIterations { settings.maximumIterations = maximumIterations }
    if let tolerance { settings.tolerance = tolerance }
    if let pipeline { settings.pipeline = pipeline }
    if noStandardization { settings.standardization = false }
    settings.intercept = !noIntercept
    return settings
  }

  mutating func run() async throws {
    let report = try await QualityTraining.run(
      positive: positive, negative: negative, reading: try reading.settings, settings: settings,
      to: output, workerCount: machine.workerCount, memoryByteCount: machine.memory.byteCount,
      observer: RunReporter(quiet: machine.quiet))
    if !machine.quiet {
      ProgressLine.shared.write(
        "\(Words.count(report.positiveCount)) good and \(Words.count(report.negativeCount)) bad "
          + "documents; \(Words.count(report.weightCount)) weights in \(output)")
    }
    try machine.finish(report.ledger, report.failures)
  }
}

extension FeaturePipeline: ExpressibleByArgument {}
