internal import Deduplication

/// Parts connected documents into clusters and chooses the one of each that stays, one range of
/// documents a task.
enum ClusterStage: Stage {
  static let name = "deduplicate/clusters"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    rangeCount(in: pipeline, curateTaskCount: curateTaskCount)
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate else { return TaskResult() }
    let (folder, number) = (context.folder, RunFolder.number(index))
    let (published, counts) = try ClusterTask.run(
      prefixes: context.comparedPrefixes, indexShardCount: context.indexShardCount,
      setFile: try context.files(of: SetStage.self, ending: ".sets")[0], range: index,
      settings: settings, seed: UInt64(context.pipeline.seed),
      memoryByteCount: context.memoryByteCount,
      removedOutput: try folder.outputPath("\(name)/\(number).removed"),
      keptOutput: try folder.outputPath("\(name)/\(number).kept"),
      clustersJSON: try folder.outputPath("\(name)/\(number).clusters.jsonl"))
    let report = try JSONFile.publish(counts, to: folder.outputPath("\(name)/\(number).json"))
    return TaskResult(outputs: published + [report])
  }
}
