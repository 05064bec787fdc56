internal import ByteKernels
internal import Deduplication

/// Adds the documents that stay to the index of signatures, once the run has done all else: a run that
/// stopped on its way, or lost an input, is made anew, and would find its documents in the index.
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
    let failureCount = try failureCount(context)
    guard failureCount == 0 else {
      context.observer.warned(
        "\(planned.path): nothing was added to the index, since \(failureCount) inputs or parts of "
          + "them were lost; repair them or leave them out, and run the command with a new --output"
      )
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

  /// What the stages before have lost.
  private static func failureCount(_ context: TaskContext) throws -> Int {
    try context.plan.stages.prefix { $0.name != name }.reduce(0) { sum, stage in
      try context.folder.manifests(ofStage: stage.name, plan: context.plan)
        .reduce(sum) { $0 + $1.failures.count }
    }
  }
}
