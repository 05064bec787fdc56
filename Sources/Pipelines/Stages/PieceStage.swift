internal import Deduplication
internal import Documents
internal import TextAnalysis

/// Hashes the paragraphs and lines of the documents that are left of one curated shard.
enum PieceStage: Stage {
  static let name = "deduplicate/pieces"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.cutsPieces ? curateTaskCount : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate else { return TaskResult() }
    let writer = try PieceKeyWriter(
      path: context.folder.outputPath("\(name)/\(RunFolder.number(index)).keys"),
      settings: settings, memoryByteCount: context.memoryByteCount)
    var documents = try CuratedDocuments(shard: index, context, isCut: false)
    while let record = try documents.next() { try writer.append(record.payload.span) }
    return TaskResult(outputs: [try writer.publish()])
  }
}

/// Finds the pieces that occur more than once, one partition of their keys a task.
enum RepeatStage: Stage {
  static let name = "deduplicate/repeats"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.cutsPieces ? pipeline.deduplicate?.partitions ?? 0 : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate else { return TaskResult() }
    let output = try context.folder.outputPath("\(name)/\(RunFolder.number(index)).repeats")
    let published = try RepeatTask.run(
      keyFiles: context.outputPaths(of: PieceStage.self), partition: index, settings: settings,
      memoryByteCount: context.memoryByteCount, output: output)
    return TaskResult(outputs: [published])
  }
}

extension Pipeline {
  /// True when pieces are cut out of the documents that are left.
  var cutsPieces: Bool { deduplicate?.pieces.isActive == true }
}

extension TaskContext {
  /// The files that all tasks of a stage have written, in order.
  func outputPaths(of stage: any Stage.Type) throws -> [String] {
    try folder.manifests(ofStage: stage.name, plan: plan).flatMap(\.outputs)
      .map { "\(folder.path)/\($0.path)" }
  }
}
