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

  init(_ settings: TokenShardSettings, _ context: TaskContext) throws {
    let loaded = try context.tokenizers.tokenizer(of: context)
    encoders = loaded.encoders
    allowsSpecialTokens = settings.allowsSpecialTokens
    boundaries = try BoundaryTokens(settings, loaded.tokenizer, path: loaded.path)
    conversations =
      settings.conversations.isOn
      ? try ConversationEncoder(settings.conversations, loaded.tokenizer, path: loaded.path) : nil
    description = try TokenShardDescription(settings, loaded.tokenizer, path: loaded.path)
  }

  /// The tokens of a record's text or conversation, with those that stand around every document.
  func encode(_ record: Record) throws -> EncodedDocument {
    var document = EncodedDocument()
    if let conversations {
      let conversation = try conversations.conversation(in: record)
      document = encoders.use { [boundaries] encoder in
        conversations.encode(conversation, between: boundaries, by: encoder)
      }
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
      isCompressed: settings.compression == .zstd)
    if let obstacle = settings.format.layout.obstacle(self) {
      throw PipelineError(file: path, message: "does not go with the shards: \(obstacle)")
    }
  }
}
