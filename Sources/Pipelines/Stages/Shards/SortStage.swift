internal import ByteKernels
internal import Packing

/// Puts the documents of one encoded shard in the order of the whole, with as many copies as the mixture
/// wants.
enum SortStage: Stage {
  static let name = "shards/sort"
  static let passesDocuments = false
  static let isScratch = true

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.shards?.isOrdered == true ? curateTaskCount : 0
  }

  static func segmentPath(ofTask task: Int) -> String {
    "\(name)/\(RunFolder.number(task)).sorted"
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.shards else { return TaskResult() }
    for output in try context.manifest(of: EncodeStage.self, task: index).outputs {
      let path = "\(context.folder.path)/\(output.path)"
      guard try Hexadecimal.digits(Fingerprint.whole(path)) == output.checksum else {
        throw RunError.damaged(path)
      }
    }
    let sorter = try OrderSorter(
      prefix: context.encodedPrefix(ofTask: index), task: index,
      try MixtureStage.mixture(context),
      OrderRule(settings.order, seed: UInt64(context.pipeline.seed)),
      vocabularySize: try TokenShardDescription(settings, context).vocabularySize,
      memoryByteCount: context.memoryByteCount,
      scratchPrefix: try context.folder.scratchPrefix("sort-\(RunFolder.number(index))"))
    return TaskResult(outputs: [
      try sorter.write(to: try context.folder.outputPath(segmentPath(ofTask: index)))
    ])
  }
}
