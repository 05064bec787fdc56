internal import Deduplication

/// Lists the duplicates of each curated shard, one range of shards a task.
enum RemovalStage: Stage {
  static let name = "deduplicate/removals"

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    rangeCount(in: pipeline, curateTaskCount: curateTaskCount)
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate else { return TaskResult() }
    let folder = context.folder
    let (before, own) = (context.indexShardCount, context.curatedShardCount)
    let all = DocumentRanges.shards(
      of: index, shardCount: before + own,
      count: DocumentRanges.count(shardCount: before + own, settings: settings))
    let shards = (max(all.lowerBound, before) - before)..<(max(all.upperBound, before) - before)
    let lists = try shards.map { try folder.outputPath(listPath(ofShard: $0)) }
    let json = try folder.outputPath("\(name)/\(RunFolder.number(index)).removed.jsonl")
    let (published, counts) = try RemovalTask.run(
      prefixes: context.comparedPrefixes, indexShardCount: before,
      removedFiles: try context.files(of: ClusterStage.self, ending: ".removed"), range: index,
      settings: settings, seed: UInt64(context.pipeline.seed),
      memoryByteCount: context.memoryByteCount,
      removalPath: { lists[$0 - shards.lowerBound] }, removedJSON: json)
    var input = Tally()
    for shard in shards {
      input += try context.manifest(of: CurateStage.self, task: shard).ledger.output
    }
    // Two counts of the same documents: a shard that was exchanged is seen by its ledger.
    input.documents = counts.documentCount
    return TaskResult(outputs: published, ledger: ledger(of: counts, input: input))
  }

  static func listPath(ofShard shard: Int) -> String {
    "\(name)/\(RunFolder.number(shard)).removals"
  }

  /// What is kept is what is not removed; the next stage counts it anew, and the run's ledger holds
  /// the two against each other.
  private static func ledger(of counts: RemovalCounts, input: Tally) -> StageLedger {
    var ledger = StageLedger()
    ledger.input = input
    ledger.kept = input
    for reason in RemovalReason.allCases {
      let removed = counts[reason]
      if removed.documentCount == 0 { continue }
      ledger.dropped["duplicates", default: [:]][reason.rawValue] = Tally(
        documents: removed.documentCount, bytes: removed.byteCount)
      ledger.kept.documents -= removed.documentCount
      ledger.kept.bytes -= removed.byteCount
    }
    ledger.output = ledger.kept
    return ledger
  }
}

extension TaskContext {
  /// The duplicates of one curated shard; nil when the pipeline removes none.
  func removals(ofShard shard: Int) throws -> RemovalList? {
    guard let settings = pipeline.deduplicate, settings.findsDocuments else { return nil }
    let shardCount = indexShardCount + curatedShardCount
    let task = DocumentRanges.range(
      ofShard: indexShardCount + shard, shardCount: shardCount,
      count: DocumentRanges.count(shardCount: shardCount, settings: settings))
    let list = try output(
      RemovalStage.listPath(ofShard: shard), of: RemovalStage.self, task: task)
    return try RemovalList(path: "\(folder.path)/\(list.path)")
  }
}
