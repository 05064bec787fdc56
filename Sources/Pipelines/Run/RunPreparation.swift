internal import ByteKernels
internal import FoundationEssentials

extension RunFolder {
  /// Makes the folder this plan's, or finds that it is already; refuses a folder of another plan.
  package func prepare(for plan: Plan) throws {
    if try holds(plan) { return }
    if let status = FileSystem.status(path), !status.isDirectory {
      throw PipelineError(file: path, message: "is a file; name a folder as --output")
    }
    try FileSystem.makeFolder(path)
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    if let name = names.sorted().first(where: { !Self.isOwn($0) }) {
      throw PipelineError(
        file: path, message: "holds '\(name)' and no run; name a new or an empty folder as --output"
      )
    }
    let resolved = try OutputFile(path: resolvedPipelinePath)
    try resolved.write(Array(plan.pipeline.utf8))
    _ = try resolved.publish()
    do {
      try JSONFile.write(plan, to: planPath, replacing: false)
    } catch let error as FileError where error.isAlreadyThere {
      // Another process was faster; if its plan is another, this says so.
      _ = try holds(plan)
    }
    FileSystem.flushFolder(path)
  }

  /// True when the folder is this plan's already; refuses one of another plan.
  private func holds(_ plan: Plan) throws -> Bool {
    guard let earlier = try JSONFile.read(Plan.self, from: planPath) else { return false }
    guard earlier.identity == plan.identity else {
      throw PipelineError(
        file: planPath, message: Self.difference(from: earlier.portable, to: plan.portable))
    }
    return true
  }

  /// What came in by standard input, kept so that the run can be resumed.
  static let standardInputName = "standard-input"

  /// The inputs with a file in place of `-`: what came in by the pipe, for whoever runs this again.
  func keepingStandardInput(_ inputs: [String]) throws -> [String] {
    guard inputs.contains(InputPatterns.standardInput) else { return inputs }
    try FileSystem.makeFolder(path)
    let file = "\(path)/\(Self.standardInputName)"
    let kept = try OutputFile(path: file)
    let pipe = try InputFile(path: InputPatterns.standardInput)
    var bytes: [UInt8] = []
    while try pipe.read(into: &bytes, limit: 1 << 20) > 0 {
      try kept.write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    _ = try kept.publish()
    return inputs.map { $0 == InputPatterns.standardInput ? file : $0 }
  }

  /// What an attempt that was killed before it had a plan may have left.
  private static func isOwn(_ name: String) -> Bool {
    [".lock", standardInputName, "pipeline.resolved.yaml"].contains(name)
      || OutputFile.isTemporaryName(name)
  }

  /// The plan of this folder.
  package func plan() throws -> Plan {
    guard let plan = try JSONFile.read(Plan.self, from: planPath) else {
      throw PipelineError(file: planPath, message: "no such plan; 'gristmill run' makes one")
    }
    return plan
  }

  /// In words; of portable plans, so that what has only moved makes none.
  private static func difference(from earlier: Plan, to plan: Plan) -> String {
    let what: String
    if earlier.toolVersion != plan.toolVersion {
      what = "version \(earlier.toolVersion) of gristmill, not \(plan.toolVersion)"
    } else if earlier.pipeline != plan.pipeline {
      what = "another pipeline, seed or settings (compare pipeline.resolved.yaml)"
    } else if earlier.index != plan.index {
      what = "another state of the index"
    } else if earlier.inputs != plan.inputs {
      what = "other inputs: \(firstDifference(earlier.inputs, plan.inputs))"
    } else {
      what = "other models or files that steps read"
    }
    return "this folder holds a run with \(what); name another --output, or remove the folder"
  }

  private static func firstDifference(_ earlier: [Plan.Input], _ now: [Plan.Input]) -> String {
    let before = Dictionary(earlier.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    for input in now {
      guard let old = before[input.path] else { return "\(input.path) is new" }
      if old != input { return "\(input.path) has changed since" }
    }
    let names = Set(now.map(\.path))
    return earlier.first { !names.contains($0.path) }.map { "\($0.path) is gone" } ?? "their order"
  }
}
