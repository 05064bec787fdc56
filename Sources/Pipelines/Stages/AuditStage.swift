internal import Deduplication

/// Estimates precision and recall of duplicate removal from a sample of the documents.
enum AuditStage: Stage {
  static let name = "deduplicate/audit"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    guard pipeline.findsDocuments, let settings = pipeline.deduplicate else { return 0 }
    return settings.near && settings.sampleDocuments > 0 ? 1 : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate else { return TaskResult() }
    let audit = try Audit.run(
      prefixes: context.comparedPrefixes, indexShardCount: context.indexShardCount,
      removedFiles: try context.files(of: ClusterStage.self, ending: ".removed"),
      settings: settings, seed: UInt64(context.pipeline.seed), byteCount: context.plannedByteCount,
      memoryByteCount: context.memoryByteCount)
    let path = "\(name)/\(RunFolder.number(index)).json"
    return TaskResult(outputs: [try JSONFile.publish(audit, to: context.folder.outputPath(path))])
  }
}
