internal import ByteKernels
internal import Deduplication
internal import Packing

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
    var outputs = [
      published,
      try JSONFile.publish(counts, to: context.folder.outputPath("\(name)/\(number).json")),
    ]
    if context.pipeline.splitsByCluster {
      outputs.append(
        try SetRows.sort(
          setFile: published.path, prefixes: context.comparedPrefixes, settings: settings,
          seed: UInt64(context.pipeline.seed), memoryByteCount: context.memoryByteCount,
          output: try context.folder.outputPath("\(name)/\(number)\(documentEnding)")))
    }
    return TaskResult(outputs: outputs)
  }

  /// Of the file with the set of each document, which is there when documents are split by it.
  static let documentEnding = ".documents"
}

extension Pipeline {
  /// True when documents that were found alike must stay on one side of the split.
  var splitsByCluster: Bool { findsDocuments && shards?.split.by == .cluster }
}
