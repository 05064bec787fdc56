internal import Documents
internal import Tokenization

/// Counts the pre-tokens of one curated shard.
enum CountStage: Stage {
  static let name = "tokenizer/counts"

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    guard let tokenizer = pipeline.tokenizer, tokenizer.file == nil else { return 0 }
    return curateTaskCount
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.tokenizer else { return TaskResult() }
    let number = RunFolder.number(index)
    let counter = try SourceCounter(
      settings.training, memoryByteCount: context.memoryByteCount,
      scratchPrefix: try context.folder.scratchPrefix("counts-\(number)"))
    let field = settings.training.sourceField
    var result = TaskResult()
    var documents = try CuratedDocuments(shard: index, context)
    while let record = try documents.next() {
      result.ledger.kept += Tally(documents: 1, bytes: record.payload.count)
      if !counter.takes(id: record.id) { continue }
      try counter.add(
        record.payload.span,
        source: field == "source" ? record.source : record.metadata.text(of: field) ?? "")
    }
    result.ledger.input = documents.taken
    result.ledger.output = result.ledger.kept
    result.outputs = try counter.publish(prefix: try context.folder.outputPath("\(name)/\(number)"))
    return result
  }
}
