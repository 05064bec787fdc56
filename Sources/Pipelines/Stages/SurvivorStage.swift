internal import Deduplication

/// Writes the signatures of the documents that stay, for the index; one curated shard a task.
enum SurvivorStage: Stage {
  static let name = "deduplicate/survivors"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.deduplicate?.index.update == true ? curateTaskCount : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate,
      let removals = try context.removals(ofShard: index)
    else { return TaskResult() }
    let outputs = try SurvivorTask.run(
      prefix: context.curatedPrefixes[index], removals: removals, settings: settings,
      seed: UInt64(context.pipeline.seed), memoryByteCount: context.memoryByteCount,
      output: try context.folder.outputPath("\(name)/\(RunFolder.number(index))"))
    var result = TaskResult(outputs: outputs)
    result.ledger.output.documents = removals.documentCount - removals.count
    return result
  }
}
