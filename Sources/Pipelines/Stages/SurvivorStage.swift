internal import Deduplication
internal import QualityModel

/// Writes the signatures of the documents that stay to the end of the run, for the index; one curated
/// shard a task.
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
    let prefix = context.curatedPrefixes[index]
    let cuts = try context.cuts(ofShard: index)
    let selection = try context.selection(ofShard: index)
    for case let count? in [cuts?.documentCount, selection?.documentCount]
    where count != removals.documentCount { throw RunError.damaged(prefix) }
    var cursor = CutList.Cursor()
    var result = TaskResult()
    result.outputs = try SurvivorTask.run(
      prefix: prefix, removals: removals, settings: settings, seed: UInt64(context.pipeline.seed),
      memoryByteCount: context.memoryByteCount,
      output: try context.folder.outputPath("\(name)/\(RunFolder.number(index))")
    ) { row in
      let stays = selection?.keeps(row: row) != false && cuts?.cuts(row: row, &cursor) != .dropped
      if stays { result.ledger.output.documents += 1 }
      return stays
    }
    return result
  }
}
