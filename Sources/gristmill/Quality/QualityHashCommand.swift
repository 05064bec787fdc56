import ArgumentParser
import ByteKernels
import Pipelines

/// `gristmill quality hash`: which feature a term is.
struct QualityHashCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hash",
    abstract: "Print the feature that Spark's HashingTF gives each term, one a line.",
    discussion: """
        gristmill quality hash --features 262144 terms.txt
      """)

  @Option(help: "Features the terms are hashed to.")
  var features = 1 << 18

  @Argument(help: "A file with one term a line; - is standard input.")
  var input: String

  func validate() throws {
    if !(1...Int(Int32.max)).contains(features) {
      throw ValidationError("--features must be from 1 to \(Int32.max).")
    }
  }

  mutating func run() throws {
    if input != "-", FileSystem.status(input)?.isDirectory != false {
      throw PipelineError(file: input, message: "is no file of terms")
    }
    try TermHashing.run(input: input, featureCount: features)
  }
}
