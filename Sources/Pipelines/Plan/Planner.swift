internal import ByteKernels
internal import Packing
internal import TextAnalysis
internal import Tokenization

/// Makes the plan of a run from its pipeline and inputs.
package enum Planner {
  /// Plans a run; an input that cannot be read is planned as failed, a pattern that matches nothing
  /// is refused.
  package static func plan(_ pipeline: Pipeline, inputs patterns: [String]) throws -> Plan {
    try checkTokenizer(of: pipeline)
    let paths = try InputPatterns.expand(patterns, acceptsStandardInput: false)
    let inputs = zip(paths, InputPatterns.names(of: paths)).map(input(at:name:))
    let slices = slices(of: inputs, taskByteCount: pipeline.read.taskBytes)
    let stages = StageCatalog.stages.compactMap { stage in
      let count = stage.taskCount(in: pipeline, curateTaskCount: slices.count)
      return count > 0 ? Plan.Stage(name: stage.name, taskCount: count) : nil
    }
    return try Plan(
      pipeline: pipeline.resolvedText, inputs: inputs,
      dependencies: try dependencies(of: pipeline), slices: slices, stages: stages)
  }

  private static func input(at path: String, name: String) -> Plan.Input {
    let status = FileSystem.status(path)
    let byteCount = status?.byteCount ?? 0
    func input(_ fingerprint: String, _ failure: String?) -> Plan.Input {
      Plan.Input(
        path: path, name: name, byteCount: byteCount,
        fingerprint: fingerprint, failure: failure)
    }
    if status?.isDirectory == true {
      return input("", "\(path): is a directory; name its files, such as '\(path)/*'")
    }
    if status?.isRegularFile == false {
      return input(
        "", "\(path): is a pipe or a device, which cannot be read twice; save it to a file")
    }
    do throws(FileError) {
      return input(
        Hexadecimal.digits(try Fingerprint.sampled(path, byteCount: byteCount)), nil)
    } catch {
      return input("", error.description)
    }
  }

  /// Neighbouring small files share a task, up to `taskByteCount`; a larger file has one of its own.
  private static func slices(of inputs: [Plan.Input], taskByteCount: Int) -> [[Plan.Slice]] {
    var tasks: [[Plan.Slice]] = []
    var filled = 0
    for (index, input) in inputs.enumerated() {
      let slice = Plan.Slice(input: index, start: 0, end: input.byteCount)
      if tasks.isEmpty || filled + input.byteCount > taskByteCount {
        tasks.append([slice])
        filled = input.byteCount
      } else {
        tasks[tasks.count - 1].append(slice)
        filled += input.byteCount
      }
    }
    return tasks
  }

  /// Refuses a tokenizer file that cannot be read, or lacks the token that ends documents.
  private static func checkTokenizer(of pipeline: Pipeline) throws(PipelineError) {
    guard let path = pipeline.tokenizer?.file?.path else { return }
    let tokenizer: Tokenizer
    do {
      tokenizer = try Tokenizer(contentsOf: path)
    } catch {
      throw PipelineError(file: path, message: "is no tokenizer: \(error)")
    }
    if let token = pipeline.shards?.endOfDocument, tokenizer.id(ofSpecialToken: token) == nil {
      throw PipelineError(
        file: path, message: "has no special token '\(token)', which 'shards' puts after documents")
    }
  }

  private static func dependencies(of pipeline: Pipeline) throws -> [Plan.Dependency] {
    var result: [Plan.Dependency] = []
    for path in pipeline.dependencies {
      guard let status = FileSystem.status(path) else {
        throw PipelineError(
          file: path, message: "a step of the pipeline reads it, and it is not there")
      }
      let files = status.isDirectory ? FileSystem.files(in: path) : [path]
      for file in files {
        let checksum = try Fingerprint.whole(file)
        result.append(
          Plan.Dependency(path: file, setting: path, checksum: Hexadecimal.digits(checksum)))
      }
    }
    return result
  }
}
