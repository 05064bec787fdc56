internal import Deduplication

/// Finds the documents that are equal in a band, one partition of the band keys a task.
enum BucketStage: Stage {
  static let name = "deduplicate/buckets"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.findsDocuments ? pipeline.deduplicate?.partitions ?? 0 : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate else { return TaskResult() }
    let output = try context.folder.outputPath("\(name)/\(RunFolder.number(index)).edges")
    let (published, _) = try BucketTask.run(
      prefixes: context.curatedPrefixes, partition: index, settings: settings,
      seed: UInt64(context.pipeline.seed), memoryByteCount: context.memoryByteCount, output: output)
    return TaskResult(outputs: [published])
  }
}

extension Pipeline {
  /// True when documents are removed as a whole because others are like them.
  var findsDocuments: Bool { deduplicate?.findsDocuments == true }
}

extension TaskContext {
  /// Where the curated shards' files are, without their endings.
  var curatedPrefixes: [String] {
    (0..<curatedShardCount).map { "\(folder.path)/curate/\(RunFolder.number($0))" }
  }
}
