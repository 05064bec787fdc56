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
    let number = RunFolder.number(index)
    let (published, counts) = try BucketTask.run(
      prefixes: context.comparedPrefixes, indexShardCount: context.indexShardCount,
      partition: index, settings: settings,
      seed: UInt64(context.pipeline.seed), memoryByteCount: context.memoryByteCount,
      output: try context.folder.outputPath("\(name)/\(number).edges"))
    return TaskResult(outputs: [
      published,
      try JSONFile.publish(counts, to: context.folder.outputPath("\(name)/\(number).json")),
    ])
  }
}

extension Pipeline {
  /// True when documents are removed as a whole because others are like them.
  var findsDocuments: Bool { deduplicate?.findsDocuments == true }
}
