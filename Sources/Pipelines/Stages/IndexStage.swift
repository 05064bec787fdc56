internal import ByteKernels
internal import Deduplication

/// Adds the documents that stay to the index of signatures.
enum IndexStage: Stage {
  static let name = "deduplicate/index"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.deduplicate?.index.update == true ? 1 : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate, let planned = context.plan.index else {
      return TaskResult()
    }
    let manifests = try context.folder.manifests(ofStage: SurvivorStage.name, plan: context.plan)
    let files = manifests.flatMap(\.outputs).map {
      (
        path: "\(context.folder.path)/\($0.path)",
        DumpFiles.File(
          name: FileSystem.baseName($0.path), byteCount: $0.byteCount, checksum: $0.checksum)
      )
    }
    try planned.folder.add(
      context.plan.identity, shardCount: manifests.count,
      documentCount: manifests.reduce(0) { $0 + $1.ledger.output.documents }, files: files,
      planned: planned.dumps, to: SignatureIndex(settings, seed: context.pipeline.seed), settings)
    return TaskResult()
  }
}
