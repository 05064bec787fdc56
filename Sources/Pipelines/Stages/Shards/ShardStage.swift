internal import ByteKernels
internal import Documents
internal import Packing
internal import Tokenization

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
    let encoder = try ShardEncoder(settings, context)
    var split = try DocumentSplit(settings.split, shard: index, context)
    let shards = PackedShards(
      number: index, settings, encoder.description, context.folder)
    var documents = try ShardDocuments(task: index, context)
    while let record = try documents.next() {
      try shards.append(
        encoder.encode(record.payload.span), DocumentOrigin(record), DocumentLabels(record),
        to: split.part(of: record, row: documents.row))
    }
    let packed = try shards.finish()
    var result = documents.result
    result.outputs = packed.outputs
    result.ledger.tokens = encoder.tokens + packed.tokens
    return result
  }
}

/// Makes tokens of the documents of one task, and counts them.
final class ShardEncoder {
  let description: TokenShardDescription
  /// Tokens made so far, with those around documents.
  private(set) var tokens = TokenLedger()

  private let encoders: EncoderPool
  private let allowsSpecialTokens: Bool

  init(_ settings: TokenShardSettings, _ context: TaskContext) throws {
    let loaded = try context.tokenizers.tokenizer(of: context)
    encoders = loaded.encoders
    allowsSpecialTokens = settings.allowsSpecialTokens
    description = try TokenShardDescription(settings, loaded.tokenizer, path: loaded.path)
  }

  /// The tokens of a text, with those that stand around every document.
  func encode(_ text: Span<UInt8>) -> EncodedDocument {
    var ids: [UInt32] = []
    if let beginning = description.beginningOfDocument { ids.append(beginning) }
    ids += encoders.encode(text, allowingSpecialTokens: allowsSpecialTokens)
    if let end = description.endOfDocument { ids.append(end) }
    let boundaryCount =
      (description.beginningOfDocument == nil ? 0 : 1) + (description.endOfDocument == nil ? 0 : 1)
    tokens.encoded += ids.count - boundaryCount
    tokens.endOfDocument += boundaryCount
    return EncodedDocument(tokens: ids)
  }
}

extension TokenShardDescription {
  /// What the shards of a run have in common.
  init(_ settings: TokenShardSettings, _ context: TaskContext) throws {
    let loaded = try context.tokenizers.tokenizer(of: context)
    try self.init(settings, loaded.tokenizer, path: loaded.path)
  }

  /// What shards made with a tokenizer have in common; refuses one that the format cannot be written with.
  init(
    _ settings: TokenShardSettings, _ tokenizer: Tokenizer, path: String
  ) throws(PipelineError) {
    let boundaries = try BoundaryTokens(settings, tokenizer, path: path)
    self.init(
      vocabularySize: tokenizer.vocabularySize, endOfDocument: boundaries.end,
      beginningOfDocument: boundaries.beginning, padding: boundaries.padding,
      sequenceLength: settings.packedLength, tokenizerName: FileSystem.baseName(path),
      isCompressed: settings.compression == .zstd)
    if let obstacle = settings.format.layout.obstacle(self) {
      throw PipelineError(file: path, message: "does not go with the shards: \(obstacle)")
    }
  }
}
