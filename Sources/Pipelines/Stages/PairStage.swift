internal import Deduplication

/// Verifies the candidate pairs, one range of documents a task.
enum PairStage: Stage {
  static let name = "deduplicate/pairs"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    rangeCount(in: pipeline, curateTaskCount: curateTaskCount)
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate else { return TaskResult() }
    let number = RunFolder.number(index)
    let (published, counts) = try PairTask.run(
      prefixes: context.comparedPrefixes,
      edgeFiles: try context.files(of: BucketStage.self, ending: ".edges"), range: index,
      settings: settings, seed: UInt64(context.pipeline.seed),
      memoryByteCount: context.memoryByteCount,
      output: try context.folder.outputPath("\(name)/\(number).pairs"))
    return TaskResult(outputs: [
      published,
      try JSONFile.publish(counts, to: context.folder.outputPath("\(name)/\(number).json")),
    ])
  }
}
