internal import ByteKernels
internal import Documents
internal import Packing

/// Makes tokens of the documents of one task, to be put in order by the stages that follow.
enum EncodeStage: Stage {
  static let name = "shards/encode"
  static let isScratch = true

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.shards?.isOrdered == true ? curateTaskCount : 0
  }

  static func prefix(ofTask task: Int) -> String { "\(name)/\(RunFolder.number(task))" }

  static func totalsPath(ofTask task: Int) -> String { "\(prefix(ofTask: task)).json" }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.shards else { return TaskResult() }
    let encoder = try ShardEncoder(settings, task: index, context)
    var split = try DocumentSplit(settings.split, shard: index, context)
    let sources = DocumentSources(settings.mixture)
    let ranks = DocumentRanks(settings.order, seed: UInt64(context.pipeline.seed))
    let writer = try EncodedShardWriter(
      prefix: context.folder.outputPath(prefix(ofTask: index)),
      vocabularySize: encoder.description.vocabularySize, sourceCount: sources.count,
      sampleLimit: sampleLimit(context.curatedShardCount))
    var documents = try ShardDocuments(task: index, context)
    while let record = try documents.next() {
      let before = encoder.tokens.endOfDocument
      let document = try encoder.encode(record)
      let facts = DocumentFacts(
        part: split.part(of: record, row: documents.row), source: sources.number(of: record),
        rank: ranks.rank(of: record, document),
        boundaryTokenCount: encoder.tokens.endOfDocument - before,
        textByteCount: record.payload.count)
      try writer.append(
        document, DocumentOrigin(record), labels: DocumentLabels(record).texts, facts)
    }
    encoder.finish()
    var result = documents.result
    result.outputs = try writer.publish()
    result.outputs.append(
      try JSONFile.publish(
        writer.totals, to: context.folder.outputPath(totalsPath(ofTask: index))))
    return result
  }

  /// All samples of a part together, some six megabytes: a thousand shards become even to a few
  /// hundredths.
  private static let sampleCount = 1 << 18

  private static func sampleLimit(_ taskCount: Int) -> Int {
    min(1 << 14, max(64, sampleCount / max(1, taskCount)))
  }
}

/// Which of the sources that the mixture names a document is of.
private struct DocumentSources {
  private let field: String
  private var numbers: [String: Int] = [:]
  let count: Int

  init(_ settings: MixtureSettings) {
    field = settings.sourceField
    let names = settings.sources
    count = names.count
    for (number, name) in names.dropLast().enumerated() { numbers[name] = number }
  }

  func number(of record: Record) -> Int {
    if count == 1 { return 0 }
    let name = field == "source" ? record.source : record.metadata.text(of: field) ?? ""
    return numbers[name] ?? count - 1
  }
}

/// Where a curriculum wants a document.
private struct DocumentRanks {
  private let settings: OrderSettings
  private let rule: OrderRule

  init(_ settings: OrderSettings, seed: UInt64) {
    self.settings = settings
    rule = OrderRule(settings, seed: seed)
  }

  func rank(of record: Record, _ document: EncodedDocument) -> UInt64 {
    switch settings.by {
    case "": OrderRule.noRank
    case OrderSettings.length: rule.rank(Double(document.tokens.count))
    case let name: rule.rank(record.metadata.number(of: name))
    }
  }
}
