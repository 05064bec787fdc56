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

  @Option(help: "At most so many documents of each label, drawn by the seed. Default: all.")
  var sample: Int?

  @Option(help: "Every random choice derives from it.")
  var seed = 0

  func validate() throws {
    if positive.isEmpty && negative.isEmpty && labelled.isEmpty {
      throw ValidationError("Name documents: --positive and --negative, or --labelled.")
    }
    if let sample, sample < 1 { throw ValidationError("--sample must be at least 1.") }
    if seed < 0 { throw ValidationError("--seed must be at least 0.") }
  }

  var inputs: LabelledInputs {
    var inputs = LabelledInputs()
    inputs.positive = positive
    inputs.negative = negative
    inputs.labelled = labelled
    inputs.labelField = labelField
    inputs.sample = sample
    inputs.seed = seed
    return inputs
  }
}
