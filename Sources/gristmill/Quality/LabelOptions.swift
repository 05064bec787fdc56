import ArgumentParser
import Pipelines

/// Where a command finds labelled documents.
struct LabelOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption, help: "Files of good documents (label 1), or folders of runs.")
  var positive: [String] = []

  @Option(parsing: .upToNextOption, help: "Files of bad documents (label 0), or folders of runs.")
  var negative: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: "Files whose documents each say their label: 0, 1, or any names.")
  var labelled: [String] = []

  @Option(help: "The JSON member that holds the label.")
  var labelField = "label"

  @Option(
    help: """
      Which of two labels is the good one, that figures speak for. Default: the one whose name says so, \
      such as 1 or good, else the second in order.
      """)
  var label: String?

  @Option(help: "At most so many documents of each label, drawn by the seed. Default: all.")
  var sample: Int?

  @Option(help: "Every random choice derives from it. Default: 0.")
  var seed: Int?

  func validate() throws {
    if positive.isEmpty && negative.isEmpty && labelled.isEmpty {
      throw ValidationError("Name documents: --positive and --negative, or --labelled.")
    }
    if let sample, sample < 1 { throw ValidationError("--sample must be at least 1.") }
    if let seed, seed < 0 { throw ValidationError("--seed must be at least 0.") }
  }

  /// Everything that is read.
  var files: [String] { positive + negative + labelled }

  var inputs: LabelledInputs {
    var inputs = LabelledInputs()
    inputs.positive = positive
    inputs.negative = negative
    inputs.labelled = labelled
    inputs.labelField = labelField
    inputs.goodLabel = label
    inputs.sample = sample
    inputs.seed = seed ?? inputs.seed
    return inputs
  }
}
