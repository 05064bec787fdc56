internal import ByteKernels
internal import Documents

/// The files that a conversion writes: one for all inputs, or one for each in a folder.
struct ConversionTargets: Sendable {
  static let defaultEnding = ".jsonl.zst"

  let paths: [String]
  let isFolder: Bool
  let format: OutputFormat

  /// Refuses names that tell no format, two inputs that would give one name, and outputs that are
  /// inputs.
  init(
    inputs: [(path: String, name: String)], output: String, ending: String?, separator: [UInt8]
  ) throws(PipelineError) {
    let status = FileSystem.status(output)
    isFolder = output.hasSuffix("/") || status?.isDirectory == true
    let isDevice = output == "-" || status.map { !$0.isDirectory && !$0.isRegularFile } ?? false
    let named = isFolder || isDevice ? nil : OutputFormat(path: output, separator: separator)
    if named != nil, let ending, named?.ending != ending {
      throw PipelineError(
        file: "--output-ending \(ending)",
        message: "is for folders, pipes and devices; the name \(output) says something else")
    }
    let wanted = ending ?? (isFolder ? Self.defaultEnding : isDevice ? ".jsonl" : output)
    guard let format = named ?? OutputFormat(path: wanted, separator: separator),
      ending == nil || named != nil || format.ending == ending
    else {
      throw PipelineError(
        file: ending.map { "--output-ending \($0)" } ?? "--output \(output)",
        message: "documents are written as \(OutputFormat.endings)")
    }
    self.format = format
    if isFolder {
      var folder = output
      while folder.hasSuffix("/"), folder.count > 1 { folder.removeLast() }
      paths = Self.names(of: inputs).map { "\(folder)/\($0)\(format.ending)" }
      try Self.refuseCollisions(paths, inputs.map(\.path))
    } else {
      paths = [output]
    }
    if !isDevice { try Self.refuseInputs(paths, inputs.map(\.path)) }
  }

  /// The file that an input goes to.
  func index(ofInput input: Int) -> Int { isFolder ? input : 0 }

  /// An input's name without endings; where two would be the same, with them, and then with the
  /// folders that tell them apart.
  private static func names(of inputs: [(path: String, name: String)]) -> [String] {
    var names = inputs.map { ShardName($0.name).stem }
    for full in [{ FileSystem.baseName($0) }, { $0 }] as [(String) -> String] {
      let counts = names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
      for (index, input) in inputs.enumerated() where counts[names[index]] ?? 0 > 1 {
        names[index] = full(input.name)
      }
    }
    return names
  }

  private static func refuseCollisions(
    _ paths: [String], _ inputs: [String]
  ) throws(PipelineError) {
    var seen: [String: String] = [:]
    for (path, input) in zip(paths, inputs) {
      if let other = seen.updateValue(input, forKey: path) {
        throw PipelineError(
          file: path, message: "is where both \(other) and \(input) would go; convert them apart")
      }
    }
  }

  private static func refuseInputs(_ paths: [String], _ inputs: [String]) throws(PipelineError) {
    let read = Set(inputs.compactMap(FileSystem.identity))
    for path in paths {
      guard let identity = FileSystem.identity(path), read.contains(identity) else { continue }
      throw PipelineError(
        file: path, message: "is one of the inputs; give the output another name, or move it away")
    }
  }
}
