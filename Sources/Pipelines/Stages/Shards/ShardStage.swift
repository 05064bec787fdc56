internal import Packing

/// Encodes one curated shard and packs it into token shards for each part of the split; where documents
/// are ordered, merges what earlier stages encoded and sorted.
enum ShardStage: Stage {
  static let name = "shards"

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    guard let settings = pipeline.shards else { return 0 }
    return settings.isOrdered
      ? settings.orderedShardCount(inputByteCount: pipeline.inputByteCount) : curateTaskCount
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.shards else { return TaskResult() }
    if settings.isOrdered { return try OrderedShards(settings, context).pack(index) }
    let encoder = try ShardEncoder(settings, task: index, context)
    var split = try DocumentSplit(settings.split, shard: index, context)
    let shards = PackedShards(
      number: index, settings, encoder.description, context.folder)
    var documents = try ShardDocuments(task: index, context)
    while let record = try documents.next() {
      try shards.append(
        encoder.encode(record), DocumentOrigin(record), DocumentLabels(record),
        to: split.part(of: record, row: documents.row))
    }
    encoder.finish()
    let packed = try shards.finish()
    var result = documents.result
    result.outputs = packed.outputs
    result.ledger.tokens = encoder.tokens + packed.tokens
    return result
  }
}
