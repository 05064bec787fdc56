internal import Deduplication

/// Joins equal documents to clusters, chooses the one that stays, and lists the others per shard.
enum ClusterStage: Stage {
  static let name = "deduplicate/clusters"

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.findsDocuments ? 1 : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate else { return TaskResult() }
    let folder = context.folder
    let edges = try folder.manifests(ofStage: BucketStage.name, plan: context.plan)
      .flatMap(\.outputs).map { "\(folder.path)/\($0.path)" }
    let removals = try (0..<context.curatedShardCount).map {
      try folder.outputPath(removalPath(ofShard: $0))
    }
    let (published, counts) = try ClusterTask.run(
      prefixes: context.curatedPrefixes, edgeFiles: edges, settings: settings,
      seed: UInt64(context.pipeline.seed), memoryByteCount: context.memoryByteCount,
      removalPath: { removals[$0] },
      removedJSON: try folder.outputPath("deduplicate/removed.jsonl"),
      clustersJSON: try folder.outputPath("deduplicate/clusters.jsonl"))
    let curated = try folder.manifests(ofStage: CurateStage.name, plan: context.plan)
      .reduce(Tally()) { $0 + $1.ledger.output }
    return TaskResult(outputs: published, ledger: ledger(of: counts, byteCount: curated.bytes))
  }

  static func removalPath(ofShard shard: Int) -> String {
    "\(name)/\(RunFolder.number(shard)).removals"
  }

  /// What is kept is what is not removed; the next stage counts it anew, and the run's ledger holds
  /// the two against each other.
  private static func ledger(of counts: ClusterCounts, byteCount: Int) -> StageLedger {
    var ledger = StageLedger()
    ledger.input = Tally(documents: counts.documentCount, bytes: byteCount)
    ledger.kept = ledger.input
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
