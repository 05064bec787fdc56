import ArgumentParser
import ByteKernels
import Pipelines
import QualityModel

/// `gristmill quality train`: a model from labelled documents.
struct QualityTrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model (HashingTF and logistic regression) on good and bad documents.",
    discussion: """
      With --pipeline spark the folder is a Spark ML PipelineModel too. Near copies of a document are \
      never on both sides of a split.

        gristmill quality train --positive good.jsonl --negative bad.jsonl --output model
        gristmill quality train --labelled rated.jsonl --test-share 0.2 --output model
      """)

  @OptionGroup var labels: LabelOptions

  @Option(help: "The folder of the model; made when it is not there.")
  var output: String

  @OptionGroup var regression: RegressionOptions

  @Option(help: "Share of the documents to hold out and judge the model by.")
  var testShare = 0.0

  @Option(help: "Folds of cross-validation; the model is trained on all documents.")
  var folds = 0

  @Option(help: "The folder of a model over the same features to start from.")
  var start: String?

  @OptionGroup var reading: OwnReadingOptions<TrainingOwner>
  @OptionGroup var machine: MachineOptions

  func validate() throws {
    if !(testShare >= 0 && testShare < 1) {
      throw ValidationError("--test-share must be from 0 to below 1.")
    }
    if !(folds == 0 || (2...100).contains(folds)) {
      throw ValidationError("--folds must be from 2 to 100.")
    }
    if testShare > 0, folds > 0 {
      throw ValidationError("Give --test-share or --folds, not both.")
    }
  }

  mutating func run() async throws {
    try OutputGuard.check(folder: output, inputs: labels.files)
    let report = try await training().run(
      to: output, workerCount: machine.workerCount, memoryByteCount: machine.memory.byteCount,
      observer: RunReporter(quiet: machine.quiet))
    try finish(report)
  }

  private func training() throws -> QualityTraining {
    var training = QualityTraining(reading: try reading.settings)
    training.inputs = labels.inputs
    training.settings = try regression.settings(reading.ownOverrides, seed: labels.seed)
    training.testShare = testShare
    training.foldCount = folds
    if let start { training.start = try refusing(start) { try LinearModel(directory: start) } }
    return training
  }

  private func finish(_ report: QualityTraining.Report) throws {
    if !machine.quiet { show(report) }
    if machine.json {
      Terminal.write(report.json + "\n", to: .output)
    } else {
      Terminal.write(report.judgement?.table ?? "", to: .output)
      Terminal.write(report.crossValidation?.table ?? "", to: .output)
    }
    try machine.finish(report.ledger, report.failures, printing: false)
  }

  private func show(_ report: QualityTraining.Report) {
    let counts = zip(report.labels, report.textCounts).map { label, count in
      "\(Words.count(count)) of label \(label)\(label == report.goodLabel ? " (the good one)" : "")"
    }
    var lines = [
      "documents: \(counts.joined(separator: ", ")); \(Words.count(report.weightCount)) weights "
        + "after \(report.iterationCount) iterations in \(output)"
    ]
    if report.copyCount > 0 {
      lines.append(
        "\(Words.count(report.copyCount)) documents are near copies of others and stay on their side; "
          + "\(Words.count(report.conflictCount)) of them have another label")
    }
    lines += report.trivialFeatures.map { "warning: \($0.warning)" }
    if report.weightCount == 0 {
      lines.append("warning: no feature tells the labels apart; every text gets the same score")
    }
    for line in lines { ProgressLine.shared.write(line) }
  }
}
