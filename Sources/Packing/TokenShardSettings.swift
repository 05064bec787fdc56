package import TextAnalysis

/// How a stage writes token shards.
package struct TokenShardSettings: StepSettings {
  package var format = TokenShardFormat.megatron
  package var compression = ShardCompression.none
  package var strategy = PackingStrategy.concatenate
  package var sequenceLength = 2048
  package var sequences = SequenceSettings()
  package var conversations = ConversationSettings()
  package var split = SplitSettings()
  package var order = OrderSettings()
  package var mixture = MixtureSettings()
  package var beginningOfDocument = "auto"
  package var endOfDocument = "auto"
  package var padding = "auto"
  package var allowsSpecialTokens = false
  package var folder = "shards"

  package init() {}

  /// Stands for a special token that the tokenizer is asked for.
  package static let automatic = "auto"
  /// What models of the wild end documents with, most usual first.
  package static let usualEnds = [
    "<|endoftext|>", "<|end_of_text|>", "</s>", "<|eos|>", "<eos>", "<｜end▁of▁sentence｜>", "[EOS]",
  ]

  /// What models of the wild begin documents with, for formats whose readers look for that; GPT-2's end
  /// of text stands before documents as well as after.
  package static let usualBeginnings = [
    "<|begin_of_text|>", "<|endoftext|>", "<s>", "<|bos|>", "<bos>", "<｜begin▁of▁sentence｜>",
    "[BOS]",
  ]

  package static var settings: [Setting<Self>] {
    [
      .init("format", \.format, "the layout of the token shards"),
      .init(
        "compression", \.compression,
        "zstd compresses each shard file as a whole, which readers of mds undo"),
      .init("strategy", \.strategy, "how documents become training sequences"),
      .init(
        "sequence-length", \.sequenceLength,
        "tokens of a training sequence; with concatenate, formats of documents hold each whole, and "
          + "their readers cut"),
    ] + SequenceSettings.settings.map { $0.nested(in: \.sequences) } + [
      .init(
        "beginning-of-document", \.beginningOfDocument,
        "the special token before each document; auto takes none, but for llmc, whose readers look for "
          + "it, the first that the tokenizer has of \(usualBeginnings.joined(separator: " ")); empty "
          + "for none"),
      .init(
        "end-of-document", \.endOfDocument,
        "the special token after each document; auto takes the first that the tokenizer has of "
          + "\(usualEnds.joined(separator: " ")), for llmc none where one stands before; empty for "
          + "none"),
      .init(
        "padding", \.padding,
        "the special token that fills sequences up; auto takes <|pad|>, <pad> or [PAD], else the end "
          + "of document"),
      .init(
        "allow-special", \.allowsSpecialTokens,
        "text that looks like a special token becomes that token; never in conversations"),
      .init("folder", \.folder, "the folder of the shards in the run folder; . for that itself"),
    ] + ConversationSettings.settings.map { $0.nested(in: \.conversations) }
      + SplitSettings.settings.map { $0.nested(in: \.split) }
      + OrderSettings.settings.map { $0.nested(in: \.order) }
      + MixtureSettings.settings.map { $0.nested(in: \.mixture) }
  }

  /// The special tokens that the tokenizer must have, with the settings that name them.
  package var namedTokens: [(setting: String, token: String)] {
    [
      ("beginning-of-document", beginningOfDocument), ("end-of-document", endOfDocument),
      ("padding", padding),
    ].filter { !$0.1.isEmpty && $0.1 != Self.automatic }
      + conversations.chatTemplate.specialTokens.map { ("chat-template", $0) }
  }

  /// Tokens of a packed sequence; 0 when every document is a sequence of its own, which is how a format
  /// of documents holds what is just concatenated: its readers cut as they read.
  package var packedLength: Int {
    format.layout.sequenceKind == .document && strategy == .concatenate ? 0 : sequenceLength
  }

  /// True when documents are encoded first and then put in order; else each task packs its own.
  package var isOrdered: Bool {
    order.isActive || mixture.isActive || format.layout.isOneFile
  }

  /// How many train shards are made of `inputByteCount` bytes of input when documents are ordered.
  package func orderedShardCount(inputByteCount: Int) -> Int {
    format.layout.isOneFile ? 1 : order.shardCount(inputByteCount: inputByteCount)
  }

  /// Where a file of the shards stands in the run folder.
  package func path(ofFile name: String) -> String { folder == "." ? name : "\(folder)/\(name)" }

  /// Refuses settings that no shard can be written with.
  package func validate() throws(SettingsError) {
    try split.validate()
    try order.validate()
    try mixture.validate()
    if format.layout.isOneFile, order.shardCount > 1 {
      throw SettingsError(
        setting: "shard-count",
        message: "\(format.rawValue) makes one file of each part; leave it out")
    }
    guard compression == .none || format.layout.canCompress else {
      throw SettingsError(
        setting: "compression",
        message: "readers of \(format.rawValue) take files as they are; leave it out, or take mds")
    }
    guard !folder.isEmpty, !folder.contains("/"), folder != ".." else {
      throw SettingsError(
        setting: "folder", message: "Must be one plain name or ., but is '\(folder)'")
    }
    guard (2...1 << 24).contains(sequenceLength) else {
      throw SettingsError(
        setting: "sequence-length",
        message: "Must be from 2 to \(1 << 24), but is \(sequenceLength)")
    }
    try sequences.validate()
    try validateSequences()
  }

  private func validateSequences() throws(SettingsError) {
    if sequences.remainder == .drop, strategy != .concatenate, strategy != .bestFit {
      throw SettingsError(
        setting: "remainder",
        message: "\(strategy.rawValue) has no last sequence to drop; take pad or keep")
    }
    if !format.layout.holdsAnyLength {
      if strategy == .buckets {
        throw SettingsError(
          setting: "strategy",
          message:
            "buckets make sequences of several lengths, which \(format.rawValue) does not hold")
      }
      if sequences.remainder == .keep {
        throw SettingsError(
          setting: "remainder",
          message: "\(format.rawValue) holds sequences of one length; take pad or drop")
      }
    }
    if strategy == .bestFit, sequences.windowTokens < sequenceLength {
      throw SettingsError(
        setting: "window-tokens",
        message:
          "Must be at least sequence-length, \(sequenceLength), and is best some thousand times as "
          + "large, but is \(sequences.windowTokens)")
    }
  }
}
