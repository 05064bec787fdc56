internal import ByteKernels
internal import Deduplication
internal import Documents
internal import TextAnalysis

/// Decides what is cut from the documents of one curated shard, and which of them are dropped.
enum CutStage: Stage {
  static let name = "deduplicate/cuts"

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.cutsPieces ? curateTaskCount : 0
  }

  static func listPath(ofShard shard: Int) -> String {
    "\(name)/\(RunFolder.number(shard)).cuts"
  }

  static func frequentPath(ofShard shard: Int) -> String {
    "\(name)/\(RunFolder.number(shard)).frequent"
  }

  /// Of the files with a line for each document dropped, as in `removed.jsonl`.
  static let droppedEnding = ".dropped.jsonl"

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate else { return TaskResult() }
    let cutter = try PieceCutter(
      path: context.folder.outputPath(listPath(ofShard: index)),
      repeatFiles: context.files(of: RepeatStage.self, ending: ".repeats"),
      anchorFile: context.pipeline.cutsSubstrings ? context.anchorPath(ofShard: index) : nil,
      windowFiles: context.files(of: RepeatedWindowStage.self, ending: ".repeats"), shard: index,
      shardCount: context.curatedShardCount, settings: settings,
      memoryByteCount: context.memoryByteCount)
    let frequent = try OutputFile(
      path: context.folder.outputPath(frequentPath(ofShard: index)))
    let listing =
      settings.pieces.listCuts
      ? try OutputFile(
        path: context.folder.outputPath("\(name)/\(RunFolder.number(index)).jsonl")) : nil
    let dropped = try OutputFile(
      path: context.folder.outputPath("\(name)/\(RunFolder.number(index))\(droppedEnding)"))
    var result = TaskResult()
    var documents = try CuratedDocuments(shard: index, context, isCut: false)
    while let record = try documents.next() {
      let outcome = try cutter.cut(
        row: documents.row, record.payload, hasURL: record.metadata.url != nil)
      result.ledger.count(outcome, byteCount: record.payload.count)
      try listing?.write(CutListing.lines(of: outcome, id: record.id))
      if let kind = outcome.dropped {
        try dropped.write(CutListing.line(ofDropped: record.id, kind))
      }
      try frequent.write(CutListing.lines(of: outcome.frequent, in: record))
    }
    result.ledger.input = documents.taken
    result.ledger.output = result.ledger.kept
    result.outputs = [
      try cutter.publish(documentCount: documents.rowCount), try frequent.publish(),
      try dropped.publish(),
    ]
    if let listing { result.outputs.append(try listing.publish()) }
    return result
  }
}

extension StageLedger {
  /// Counts what was cut from one document, or all of it when it was dropped.
  fileprivate mutating func count(_ outcome: PieceCutter.Outcome, byteCount: Int) {
    var left = byteCount
    for cut in outcome.cuts {
      dropped["duplicates", default: [:]][cut.kind.reason, default: Tally()].bytes +=
        cut.range.count
      left -= cut.range.count
    }
    if let kind = outcome.dropped {
      drop(step: "duplicates", reason: kind.reason, bytes: left)
    } else {
      kept += Tally(documents: 1, bytes: left)
    }
  }
}
