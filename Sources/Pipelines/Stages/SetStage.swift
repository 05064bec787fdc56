internal import Deduplication

/// Finds which documents are connected by verified pairs.
enum SetStage: Stage {
  static let name = "deduplicate/sets"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.findsDocuments ? 1 : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate else { return TaskResult() }
    let number = RunFolder.number(index)
    let (published, counts) = try SetTask.run(
      prefixes: context.comparedPrefixes,
      pairFiles: try context.files(of: PairStage.self, ending: ".pairs"), settings: settings,
      seed: UInt64(context.pipeline.seed), memoryByteCount: context.memoryByteCount,
      output: try context.folder.outputPath("\(name)/\(number).sets"))
    return TaskResult(outputs: [
      published,
      try JSONFile.publish(counts, to: context.folder.outputPath("\(name)/\(number).json")),
    ])
  }
}
