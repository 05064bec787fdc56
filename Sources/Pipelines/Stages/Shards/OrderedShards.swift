internal import ByteKernels
internal import Packing

/// Packs shards of documents in order, merged from the sorted segments of all tasks.
struct OrderedShards {
  private let settings: TokenShardSettings
  private let context: TaskContext
  private let mixture: Mixture
  private let description: TokenShardDescription

  init(_ settings: TokenShardSettings, _ context: TaskContext) throws {
    self.settings = settings
    self.context = context
    mixture = try MixtureStage.mixture(context)
    description = try TokenShardDescription(settings, context)
  }

  /// Packs one shard of each part that has so many.
  func pack(_ number: Int) throws -> TaskResult {
    let segments = try (0..<context.curatedShardCount).map { task in
      let path = SortStage.segmentPath(ofTask: task)
      return
        "\(context.folder.path)/\(try context.output(path, of: SortStage.self, task: task).path)"
    }
    let scratch = try context.folder.scratchPrefix("merge-\(RunFolder.number(number))")
    let shards = PackedShards(number: number, settings, description, context.folder)
    var result = TaskResult()
    var tokens = TokenLedger()
    for (part, shares) in zip(SplitPart.allCases, mixture.parts) where number < shares.shardCount {
      var merge = try ShardMerge(
        segments: segments, shard: number, of: part, mixture,
        vocabularySize: description.vocabularySize, memoryByteCount: context.memoryByteCount / 4,
        scratchPrefix: scratch)
      while let document = try merge.next() {
        try shards.append(
          document.document, document.origin, DocumentLabels(document.labels), to: part)
        count(document, &tokens, &result.ledger)
      }
    }
    // What is in no shard is counted once.
    if number == 0 { countUnused(&tokens, &result.ledger) }
    result.ledger.output = result.ledger.kept
    let packed = try shards.finish()
    result.outputs = packed.outputs
    result.ledger.tokens = tokens + packed.tokens
    return result
  }

  private func count(
    _ document: OrderedDocument, _ tokens: inout TokenLedger, _ ledger: inout StageLedger
  ) {
    if document.isRepeated {
      tokens.repeated += document.document.tokens.count
      return
    }
    tokens.encoded += document.document.tokens.count - document.boundaryTokenCount
    tokens.endOfDocument += document.boundaryTokenCount
    let tally = Tally(documents: 1, bytes: document.textByteCount)
    ledger.input += tally
    ledger.kept += tally
    context.observer.advanced(byteCount: document.textByteCount)
  }

  private func countUnused(_ tokens: inout TokenLedger, _ ledger: inout StageLedger) {
    let unused = mixture.unused
    if unused.documents == 0 { return }
    tokens.encoded += unused.tokens - unused.boundaryTokens
    tokens.endOfDocument += unused.boundaryTokens
    tokens.unused += unused.tokens
    let tally = Tally(documents: unused.documents, bytes: unused.textBytes)
    ledger.input += tally
    ledger.dropped["mixture"] = ["beyond-budget": tally]
  }
}
