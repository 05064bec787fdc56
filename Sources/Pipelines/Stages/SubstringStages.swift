internal import Deduplication
internal import Documents
internal import TextAnalysis

/// Hashes the anchors of the documents that are left of one curated shard.
enum AnchorStage: Stage {
  static let name = "deduplicate/anchors"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.cutsSubstrings ? curateTaskCount : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate else { return TaskResult() }
    let writer = try SubstringKeyWriter(
      anchors: context.folder.outputPath("\(name)/\(RunFolder.number(index)).keys"),
      settings: settings, memoryByteCount: context.memoryByteCount)
    return try context.append(shard: index, to: writer)
  }
}

/// Finds the anchors that occur more than once, one partition of their keys a task.
enum RepeatedAnchorStage: Stage {
  static let name = "deduplicate/repeated-anchors"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.cutsSubstrings ? pipeline.deduplicate?.partitions ?? 0 : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    try context.findRepeats(.anchors, of: AnchorStage.self, partition: index, stage: name)
  }
}

/// Hashes the windows of tokens with a repeated anchor, of one curated shard.
enum WindowStage: Stage {
  static let name = "deduplicate/windows"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.cutsSubstrings ? curateTaskCount : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate else { return TaskResult() }
    let writer = try SubstringKeyWriter(
      windows: context.folder.outputPath("\(name)/\(RunFolder.number(index)).keys"),
      anchors: context.anchorPath(ofShard: index),
      repeatFiles: context.files(of: RepeatedAnchorStage.self, ending: ".repeats"), shard: index,
      shardCount: context.curatedShardCount, settings: settings,
      memoryByteCount: context.memoryByteCount)
    return try context.append(shard: index, to: writer)
  }
}

/// Finds the windows that occur more than once, one partition of their keys a task.
enum RepeatedWindowStage: Stage {
  static let name = "deduplicate/repeated-windows"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.cutsSubstrings ? pipeline.deduplicate?.partitions ?? 0 : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    try context.findRepeats(.windows, of: WindowStage.self, partition: index, stage: name)
  }
}

extension Pipeline {
  /// True when repeated substrings are cut out of the documents that are left.
  var cutsSubstrings: Bool { deduplicate?.pieces.findsSubstrings == true }
}

extension TaskContext {
  fileprivate func append(shard: Int, to writer: SubstringKeyWriter) throws -> TaskResult {
    var documents = try CuratedDocuments(shard: shard, self, isCut: false)
    while let record = try documents.next() { try writer.append(record.payload.span) }
    return TaskResult(outputs: try writer.publish())
  }

  /// The keys of the anchors of one curated shard.
  func anchorPath(ofShard shard: Int) -> String {
    "\(folder.path)/\(AnchorStage.name)/\(RunFolder.number(shard)).keys"
  }

  /// Finds what occurs more than once in one partition of the keys that a stage has written.
  func findRepeats(
    _ phase: RepeatPhase, of keys: any Stage.Type, partition: Int, stage: String
  ) throws -> TaskResult {
    guard let settings = pipeline.deduplicate else { return TaskResult() }
    let output = try folder.outputPath("\(stage)/\(RunFolder.number(partition)).repeats")
    let published = try RepeatTask.run(
      phase, keyFiles: files(of: keys, ending: ".keys"), partition: partition, settings: settings,
      memoryByteCount: memoryByteCount, output: output)
    return TaskResult(outputs: [published])
  }
}
