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
    let counter = WordCounter(
      pattern: settings.training.pattern, memoryByteCount: context.memoryByteCount,
      scratchPrefix: try context.folder.scratchPrefix("counts-\(number)"))
    var result = TaskResult()
    var documents = try CuratedDocuments(shard: index, context)
    while let record = try documents.next() {
      try counter.add(record.payload.span)
      result.ledger.kept += Tally(documents: 1, bytes: record.payload.count)
    }
    result.ledger.input = documents.taken
    result.ledger.output = result.ledger.kept
    result.outputs = [
      try counter.publish(path: try context.folder.outputPath("\(name)/\(number).counts"))
    ]
    return result
  }
}
