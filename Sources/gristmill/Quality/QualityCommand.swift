import ArgumentParser
import ByteKernels
import Pipelines
import QualityModel

/// `gristmill quality`: train, judge and use a quality model.
struct QualityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quality",
    abstract: "Train a quality model, judge it, or score documents with it.",
    subcommands: [
      QualityTrainCommand.self, QualityEvaluateCommand.self, QualityScoreCommand.self,
      QualitySearchCommand.self, QualityExplainCommand.self, QualityHashCommand.self,
    ])
}

/// Which model a command works with.
struct ModelOptions: ParsableArguments {
  @Option(
    help: "A folder that 'quality train' wrote, a Spark PipelineModel, or a fastText .bin or .ftz.")
  var model: String

  @Option(help: "The label whose probability is the score. Default: the one that means good.")
  var label: String?

  /// The files of the model, which no output may replace.
  var files: [String] {
    FileSystem.status(model)?.isDirectory == true ? FileSystem.filesBelow(model) : [model]
  }

  /// Reads the model; when it cannot be read, the command is wrong.
  ///
  /// Of classes that are only numbered from 0 on, as Spark's are, the score is that of class 1, and a warning
  /// says so.
  func load(givesScores: Bool = true) throws -> QualityModel {
    try refusing(model) {
      let found = try QualityModel(path: model, label: label, givesScores: false)
      if found.isScoredLabelPlain || !givesScores { return found }
      let isNumbered = found.labels == found.labels.indices.map(String.init)
      let scoring = try QualityModel(path: model, label: isNumbered ? "1" : nil)
      ProgressLine.shared.write(
        "warning: \(model) has \(found.labels.count) labels; the score is the probability of label 1, "
          + "and --label names another")
      return scoring
    }
  }
}

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
