internal import ByteKernels
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
    let (published, removed) = try RemovalTask.run(
      prefixes: context.comparedPrefixes, indexShardCount: before,
      removedFiles: try context.files(of: ClusterStage.self, ending: ".removed"), range: index,
      settings: settings, seed: UInt64(context.pipeline.seed),
      memoryByteCount: context.memoryByteCount,
      removalPath: { lists[$0 - shards.lowerBound] }, removedJSON: json)
    var outputs = published
    if settings.duplicateCount { outputs += try counts(index, ofShards: shards, settings, context) }
    if context.pipeline.splitsByCluster {
      outputs += try sets(index, ofShards: shards, settings, context)
    }
    var input = Tally()
    for shard in shards {
      input += try context.manifest(of: CurateStage.self, task: shard).ledger.output
    }
    // Two counts of the same documents: a shard that was exchanged is seen by its ledger.
    input.documents = removed.documentCount
    return TaskResult(outputs: outputs, ledger: ledger(of: removed, input: input))
  }

  private static func counts(
    _ index: Int, ofShards shards: Range<Int>, _ settings: DeduplicationSettings,
    _ context: TaskContext
  ) throws -> [OutputFile.Published] {
    let lists = try shards.map { try context.folder.outputPath(countsPath(ofShard: $0)) }
    return try DuplicateCounts.write(
      prefixes: context.comparedPrefixes, indexShardCount: context.indexShardCount,
      keptFiles: try context.files(of: ClusterStage.self, ending: ".kept"), range: index,
      settings: settings, seed: UInt64(context.pipeline.seed),
      memoryByteCount: context.memoryByteCount, path: { lists[$0 - shards.lowerBound] })
  }

  private static func sets(
    _ index: Int, ofShards shards: Range<Int>, _ settings: DeduplicationSettings,
    _ context: TaskContext
  ) throws -> [OutputFile.Published] {
    let lists = try shards.map { try context.folder.outputPath(setsPath(ofShard: $0)) }
    return try SetRows.write(
      prefixes: context.comparedPrefixes, indexShardCount: context.indexShardCount,
      documentSetFile: try context.files(of: SetStage.self, ending: SetStage.documentEnding)[0],
      range: index, settings: settings, seed: UInt64(context.pipeline.seed),
      memoryByteCount: context.memoryByteCount, path: { lists[$0 - shards.lowerBound] })
  }

  static func setsPath(ofShard shard: Int) -> String {
    "\(name)/\(RunFolder.number(shard)).sets"
  }

  static func countsPath(ofShard shard: Int) -> String {
    "\(name)/\(RunFolder.number(shard)).counts"
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
    let path = try listed(RemovalStage.listPath(ofShard: shard), shard, settings)
    let list = try RemovalList(path: path)
    guard list.shardIndex == shard else {
      throw DeduplicationError.mismatched(path: path, what: "is the list of another shard")
    }
    return list
  }

  /// How many documents each of one curated shard stands for; nil when nobody asks.
  func duplicateCounts(ofShard shard: Int) throws -> DuplicateCounts? {
    guard let settings = pipeline.deduplicate, settings.findsDocuments, settings.duplicateCount
    else { return nil }
    return try DuplicateCounts(
      path: listed(RemovalStage.countsPath(ofShard: shard), shard, settings))
  }

  /// Which set of connected documents each of one curated shard is in; nil when nobody asks.
  func setRows(ofShard shard: Int) throws -> SetRows? {
    guard let settings = pipeline.deduplicate, pipeline.splitsByCluster else { return nil }
    return try SetRows(path: listed(RemovalStage.setsPath(ofShard: shard), shard, settings))
  }

  /// Where a list of one curated shard is.
  private func listed(
    _ path: String, _ shard: Int, _ settings: DeduplicationSettings
  ) throws -> String {
    let shardCount = indexShardCount + curatedShardCount
    let task = DocumentRanges.range(
      ofShard: indexShardCount + shard, shardCount: shardCount,
      count: DocumentRanges.count(shardCount: shardCount, settings: settings))
    return "\(folder.path)/\(try output(path, of: RemovalStage.self, task: task).path)"
  }
}
