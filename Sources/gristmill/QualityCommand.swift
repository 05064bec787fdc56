import ArgumentParser
import ByteKernels
import Pipelines
import QualityModel
import TextAnalysis

/// `gristmill quality`: train, judge and use a quality model.
struct QualityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quality",
    abstract: "Train a quality model, judge it, or score documents with it.",
    subcommands: [Train.self, Evaluate.self, Score.self])

  struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
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

    mutating func run() throws {
      let report = try QualityTraining.run(
        positive: positive, negative: negative, reading: try reading.settings, settings: settings,
        to: output, observer: RunReporter(quiet: machine.quiet))
      if !machine.quiet {
        ProgressLine.shared.write(
          "\(Words.count(report.positiveCount)) good and \(Words.count(report.negativeCount)) bad "
            + "documents; \(Words.count(report.weightCount)) weights in \(output)")
      }
      try machine.finish(report.ledger, report.failures)
    }
  }

  struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Judge a model on labelled documents.",
      discussion: """
        Each JSON line has a text and a label, 0 or 1. Prints the area under the ROC curve (auc), f1, \
        precision, recall and more.

          gristmill quality evaluate --model model held-out.jsonl
        """)

    @Option(help: "The folder of the model.")
    var model: String

    @Argument(help: "Input files or patterns; - is standard input.")
    var input: [String]

    @Option(help: "A document counts as good when its score is above.")
    var threshold = 0.5

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var machine: MachineOptions

    mutating func run() throws {
      let source = try reading.source(of: input, observer: RunReporter(quiet: machine.quiet))
      let report = try QualityJudging.run(
        source, model: refusing(model) { try QualityModel(path: model) }, threshold: threshold)
      Terminal.write(machine.json ? report.json + "\n" : report.table, to: .output)
      try machine.finish(source.ledger, source.failures, printing: false)
    }
  }

  struct Score: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write each document's probability of being good.",
      discussion: """
          gristmill quality score --model model web.jsonl.zst --output scores.jsonl
        """)

    @Option(help: "The folder of the model.")
    var model: String

    @Argument(help: "Input files or patterns; - is standard input.")
    var input: [String]

    @Option(help: "The JSON lines to write: id and score.")
    var output: String

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var machine: MachineOptions

    mutating func run() throws {
      let source = try reading.source(of: input, observer: RunReporter(quiet: machine.quiet))
      try QualityJudging.score(
        source, model: refusing(model) { try QualityModel(path: model) }, to: output)
      try machine.finish(source.ledger, source.failures)
    }
  }
}

extension FeaturePipeline: ExpressibleByArgument {}

/// What an argument names, read before anything runs; when it cannot be, the command is wrong.
func refusing<Value>(_ path: String, _ read: () throws -> Value) throws -> Value {
  do {
    return try read()
  } catch {
    let words = "\(error)"
    let message = words.hasPrefix("\(path): ") ? String(words.dropFirst(path.count + 2)) : words
    throw PipelineError(file: path, message: message)
  }
}
