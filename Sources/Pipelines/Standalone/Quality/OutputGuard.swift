internal import ByteKernels

/// Refuses outputs that would destroy what a command reads.
package enum OutputGuard {
  /// Holds the files a command writes against those it reads, by what they are and not by their names.
  package static func check(
    outputs: [String], inputs patterns: [String]
  ) throws(PipelineError) {
    // What is not there is complained of where it is read.
    let inputs = patterns.flatMap { pattern in
      (try? InputPatterns.expand([pattern], acceptsStandardInput: true)) ?? []
    }
    for output in outputs {
      if output.isEmpty {
        throw PipelineError(file: "--output", message: "names nothing; name a file or folder")
      }
      guard let written = FileSystem.identity(output) else { continue }
      for input in inputs where FileSystem.identity(input) == written {
        throw PipelineError(
          file: output, message: "is read by this command as \(input); write to another place")
      }
    }
  }

  /// The same for the files that training writes into a folder.
  package static func check(folder: String, inputs patterns: [String]) throws(PipelineError) {
    let names =
      folder.isEmpty
      ? [""] : ["model.json", "weights.bin", "search.json"].map { "\(folder)/\($0)" }
    try check(outputs: names, inputs: patterns)
  }
}
