internal import ByteKernels
internal import Deduplication
internal import Documents
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
    let found = zip(paths, InputPatterns.names(of: paths)).map(PlannedInput.init)
    let taskByteCount = taskByteCount(pipeline.read, found)
    let cuts = found.map { $0.cuts(every: taskByteCount, pipeline.read.readSettings) }
    let inputs = zip(found, cuts).map { $0.input(obstacleToCuts: $1.obstacle) }
    let slices = slices(of: inputs, cuts, taskByteCount: taskByteCount)
    let dependencies = try dependencies(of: pipeline)
    func plan(_ index: PlannedIndex?) throws -> Plan {
      try Plan(
        pipeline: pipeline.resolvedText, inputs: inputs, dependencies: dependencies, slices: slices,
        stages: stages(of: pipeline, inputs, index, curateTaskCount: slices.count), index: index)
    }
    guard let index = try PlannedIndex(pipeline) else { return try plan(nil) }
    // A run that has added its documents already finds the index as it was before.
    for (place, dump) in index.dumps.enumerated() where pipeline.deduplicate?.index.update == true {
      let earlier = try plan(index.before(place))
      if earlier.identity == dump.name { return earlier }
    }
    return try plan(index)
  }

  private static func stages(
    of pipeline: Pipeline, _ inputs: [Plan.Input], _ index: PlannedIndex?, curateTaskCount: Int
  ) -> [Plan.Stage] {
    var pipeline = pipeline
    pipeline.indexShardCount = index?.shardCount ?? 0
    pipeline.inputByteCount = inputs.reduce(0) { $0 + $1.byteCount }
    return StageCatalog.stages.compactMap { stage in
      let count = stage.taskCount(in: pipeline, curateTaskCount: curateTaskCount)
      return count > 0 ? Plan.Stage(name: stage.name, taskCount: count) : nil
    }
  }

  /// With `task-bytes: 0`, 16 MiB or what makes no more than 8192 tasks.
  private static func taskByteCount(_ reading: ReadingSettings, _ inputs: [PlannedInput]) -> Int {
    if reading.taskBytes > 0 { return reading.taskBytes }
    return max(16 << 20, inputs.reduce(0) { $0 + $1.byteCount } / 8192)
  }

  /// Large files are cut; neighbouring small files and pieces share a task, up to `taskByteCount`.
  private static func slices(
    of inputs: [Plan.Input], _ cuts: [ShardCuts], taskByteCount: Int
  ) -> [[Plan.Slice]] {
    var tasks: [[Plan.Slice]] = []
    var filled = 0
    for (index, input) in inputs.enumerated() {
      let bounds = [0] + cuts[index].offsets + [input.byteCount]
      for (start, end) in zip(bounds, bounds.dropFirst()) {
        let slice = Plan.Slice(input: index, start: start, end: end)
        let byteCount = end - start
        if tasks.isEmpty || filled + byteCount > taskByteCount {
          tasks.append([slice])
          filled = byteCount
        } else {
          tasks[tasks.count - 1].append(slice)
          filled += byteCount
        }
      }
    }
    return tasks
  }

  /// Refuses a tokenizer file that cannot be read, lacks the token that ends documents, or has more entries
  /// than the format of the shards holds.
  private static func checkTokenizer(of pipeline: Pipeline) throws(PipelineError) {
    guard let settings = pipeline.tokenizer, let path = settings.file?.path else { return }
    let tokenizer: Tokenizer
    do {
      tokenizer = try Tokenizer(contentsOf: path, pattern: settings.filePattern)
    } catch {
      throw PipelineError(file: path, message: "is no tokenizer: \(error)")
    }
    if let shards = pipeline.shards {
      _ = try TokenShardDescription(shards, tokenizer, path: path)
    }
  }

  private static func dependencies(of pipeline: Pipeline) throws -> [Plan.Dependency] {
    var result: [Plan.Dependency] = []
    for path in pipeline.dependencies {
      guard let status = FileSystem.status(path) else {
        throw PipelineError(
          file: path, message: "a step of the pipeline reads it, and it is not there")
      }
      let files = status.isDirectory ? FileSystem.filesBelow(path) : [path]
      for file in files {
        let checksum = try Fingerprint.whole(file)
        result.append(
          Plan.Dependency(path: file, setting: path, checksum: Hexadecimal.digits(checksum)))
      }
    }
    return result
  }
}
