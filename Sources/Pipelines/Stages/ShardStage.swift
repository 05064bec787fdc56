internal import ByteKernels
internal import Documents
internal import Packing
internal import Tokenization

/// Encodes one curated shard and packs it into token shards for training and validation.
enum ShardStage: Stage {
  static let name = "shards"

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.shards == nil ? 0 : curateTaskCount
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.shards else { return TaskResult() }
    let file = try TokenizerStage.output(context)
    let path = "\(context.folder.path)/\(file.path)"
    let tokenizer = try context.tokenizers.tokenizer(at: path, checksum: file.checksum)
    guard let endOfDocument = tokenizer.id(ofSpecialToken: settings.endOfDocument) else {
      throw RunError(
        path: path,
        message: "no special token '\(settings.endOfDocument)', which 'shards' puts after documents"
      )
    }
    let number = RunFolder.number(index)
    let split = Split(
      validationShare: settings.validationShare, seed: UInt64(context.pipeline.seed))
    let training = try settings.format.writer(
      prefix: context.folder.outputPath("shards/train-\(number)"),
      vocabularySize: tokenizer.vocabularySize)
    let validation = try settings.format.writer(
      prefix: context.folder.outputPath("shards/val-\(number)"),
      vocabularySize: tokenizer.vocabularySize)

    var result = TaskResult()
    var tokens = TokenLedger()
    var documents = try CuratedDocuments(shard: index, context)
    let encoder = tokenizer.makeEncoder(
      cacheByteCount: EncoderCache.byteCount(within: context.memoryByteCount, workerCount: 1))
    var ids: [UInt32] = []
    while let record = try documents.next() {
      ids.removeAll(keepingCapacity: true)
      encoder.encode(record.payload.span, into: &ids)
      tokens.encoded += ids.count
      tokens.endOfDocument += 1
      ids.append(endOfDocument)
      let writer = split.isValidation(record.id) ? validation : training
      try writer.append(ids.span)
      result.ledger.kept += Tally(documents: 1, bytes: record.payload.count)
    }
    tokens.packed = training.tokenCount + validation.tokenCount
    tokens.validation = validation.tokenCount
    result.ledger.input = documents.taken
    result.ledger.output = Tally(
      documents: training.sequenceCount + validation.sequenceCount,
      bytes: result.ledger.kept.bytes)
    result.ledger.tokens = tokens
    result.outputs = try training.publish() + validation.publish()
    return result
  }
}
