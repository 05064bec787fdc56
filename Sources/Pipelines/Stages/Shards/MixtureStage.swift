internal import Packing

/// Decides from the totals of all encoded shards how often documents are packed and where the shards
/// begin.
enum MixtureStage: Stage {
  static let name = "shards/mixture"
  static let passesDocuments = false
  private static let path = "shards/mixture.json"

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.shards?.isOrdered == true ? 1 : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.shards else { return TaskResult() }
    let tasks = 0..<context.curatedShardCount
    let totals = try tasks.map { task in
      try context.folder.json(
        EncodedTotals.self, EncodeStage.totalsPath(ofTask: task),
        of: context.manifest(of: EncodeStage.self, task: task))
    }
    let plan = MixturePlan(
      settings.mixture, settings.order, seed: UInt64(context.pipeline.seed),
      shardCount: context.plan.stages.first { $0.name == ShardStage.name }?.taskCount ?? 1)
    let mixture: Mixture
    do {
      mixture = try plan.make(
        totals, prefixes: tasks.map { context.encodedPrefix(ofTask: $0) },
        memoryByteCount: context.memoryByteCount / 2)
      try mixture.requireRoom(in: settings.format)
    } catch let error as MixtureError {
      throw RunError(path: context.folder.path, message: "shards: \(error.description)")
    }
    return TaskResult(outputs: [
      try JSONFile.publish(mixture, to: context.folder.outputPath(path))
    ])
  }

  /// What the stage decided.
  static func mixture(_ context: TaskContext) throws -> Mixture {
    try context.folder.json(Mixture.self, path, of: context.manifest(of: Self.self, task: 0))
  }
}

extension TaskContext {
  /// Where the files of an encoded shard are, without their endings.
  func encodedPrefix(ofTask task: Int) -> String {
    "\(folder.path)/\(EncodeStage.prefix(ofTask: task))"
  }
}
