internal import ByteKernels
internal import Documents
internal import Packing
internal import Tokenization

/// Makes tokens of the documents of one task, and counts them.
final class ShardEncoder {
  let description: TokenShardDescription
  /// Tokens made so far, with those around documents.
  private(set) var tokens = TokenLedger()

  private let encoders: EncoderPool
  private let boundaries: BoundaryTokens
  private let allowsSpecialTokens: Bool
  private let conversations: ConversationEncoder?
  private let observer: any RunObserver
  /// Conversations of which the loss counts nothing.
  private var silentCount = 0

  /// Refuses, before anything is written, a window of documents that the task has no memory for.
  init(_ settings: TokenShardSettings, task: Int, _ context: TaskContext) throws {
    try settings.requireMemory(context)
    let loaded = try context.tokenizers.tokenizer(of: context)
    observer = context.observer
    encoders = loaded.encoders
    allowsSpecialTokens = settings.allowsSpecialTokens
    boundaries = try BoundaryTokens(settings, loaded.tokenizer, path: loaded.path)
    conversations =
      settings.conversations.isOn
      ? try ConversationEncoder(settings.conversations, loaded.tokenizer, path: loaded.path) : nil
    description = try TokenShardDescription(settings, loaded.tokenizer, path: loaded.path)
    if task == 0, description.hasLossMasks, !settings.format.layout.holdsLossMasks {
      observer.warned(
        "\(settings.format.rawValue) has no room for loss masks: they are in the provenance beside each "
          + "shard, which gristmill_loader reads; other readers count every token in the loss")
    }
  }

  /// Warns of what is likely to be a mistake; to be called once, after the last record.
  func finish() {
    if silentCount == 0 { return }
    observer.warned(
      "the loss counts no token of \(silentCount) conversations: no message in them is of the role "
        + "assistant and in the loss")
  }

  /// The tokens of a record's text or conversation, with those that stand around every document.
  func encode(_ record: Record) throws -> EncodedDocument {
    var document = EncodedDocument()
    if let conversations {
      let conversation = try conversations.conversation(in: record)
      document = encoders.use { [boundaries] encoder in
        conversations.encode(conversation, between: boundaries, by: encoder)
      }
      if description.hasLossMasks, !document.lossMask.contains(1) { silentCount += 1 }
    } else {
      if let beginning = boundaries.beginning { document.tokens.append(beginning) }
      document.tokens += encoders.encode(
        record.payload.span, allowingSpecialTokens: allowsSpecialTokens)
      if let end = boundaries.end { document.tokens.append(end) }
    }
    tokens.encoded += document.tokens.count - boundaries.count
    tokens.endOfDocument += boundaries.count
    return document
  }
}

extension TokenShardSettings {
  /// Bytes for each token that a packer gathers: the token, its mask, its share of the pieces, and room
  /// to grow.
  private static let gatheredTokenByteCount = 12

  /// Refuses a window larger than the usual one for which a task has no memory; one is gathered for each
  /// part.
  fileprivate func requireMemory(_ context: TaskContext) throws(PipelineError) {
    guard strategy == .bestFit || strategy == .buckets,
      sequences.windowTokens > SequenceSettings().windowTokens
    else { return }
    let partCount = 1 + [split.validationShare, split.testShare].count { $0 > 0 }
    let byteCount = sequences.windowTokens * Self.gatheredTokenByteCount * partCount
    guard byteCount > context.memoryByteCount else { return }
    throw PipelineError(
      file: context.folder.path,
      message: "shards: 'window-tokens' of \(sequences.windowTokens) takes \(byteCount >> 20) MB "
        + "in \(partCount) parts, but a task has \(context.memoryByteCount >> 20) MB; make it smaller, "
        + "or give more with --memory or to fewer workers")
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
      hasLossMasks: settings.conversations.hasLossMasks,
      tellsDocuments: settings.strategy != .concatenate,
      isCompressed: settings.compression == .zstd)
    if let obstacle = settings.format.layout.obstacle(self) {
      throw PipelineError(file: path, message: "does not go with the shards: \(obstacle)")
    }
  }
}
