internal import Packing
internal import Tokenization

/// The ids that stand before and after documents and fill sequences up, as a tokenizer has them.
struct BoundaryTokens {
  let beginning: UInt32?
  let end: UInt32?
  let padding: UInt32

  private static let usualPaddings = ["<|pad|>", "<pad>", "[PAD]", "<|finetune_right_pad_id|>"]

  /// Finds the special tokens that the settings name; `path` is the tokenizer's, for errors.
  init(_ settings: TokenShardSettings, _ tokenizer: Tokenizer, path: String) throws(PipelineError) {
    func id(_ name: String, _ setting: String) throws(PipelineError) -> UInt32? {
      if name.isEmpty { return nil }
      if let id = tokenizer.id(ofSpecialToken: name) { return id }
      throw PipelineError(
        file: path,
        message: "has no special token '\(name)', which 'shards' names as \(setting); it has "
          + Self.names(of: tokenizer))
    }
    func first(_ names: [String]) -> UInt32? {
      names.lazy.compactMap { tokenizer.id(ofSpecialToken: $0) }.first
    }
    func usual(
      _ names: [String], _ does: String, _ setting: String
    ) throws(PipelineError) -> UInt32 {
      if let id = first(names) { return id }
      throw PipelineError(
        file: path,
        message: "has no special token that usually \(does) documents; name one as \(setting) "
          + "(it has \(Self.names(of: tokenizer))), or give an empty name for none")
    }
    // One token between documents is enough: where readers look for it before, none follows.
    let marksBeginnings = settings.format.layout.marksBeginnings
    let template = settings.conversations.chatTemplate
    if settings.beginningOfDocument != TokenShardSettings.automatic {
      let isWritten = template.beginning == settings.beginningOfDocument
      beginning = isWritten ? nil : try id(settings.beginningOfDocument, "beginning-of-document")
    } else if marksBeginnings, template.beginning == nil {
      beginning = try usual(
        TokenShardSettings.usualBeginnings + TokenShardSettings.usualEnds, "begins",
        "beginning-of-document")
    } else {
      beginning = nil
    }
    if settings.endOfDocument != TokenShardSettings.automatic {
      end = try id(settings.endOfDocument, "end-of-document")
    } else if template.hasEnds || (marksBeginnings && beginning != nil) {
      end = nil
    } else {
      end = try usual(TokenShardSettings.usualEnds, "ends", "end-of-document")
    }
    if settings.padding == TokenShardSettings.automatic {
      padding =
        first(Self.usualPaddings) ?? end ?? beginning
        ?? first(TokenShardSettings.usualEnds) ?? 0
    } else {
      padding = try id(settings.padding, "padding") ?? 0
    }
  }

  /// How many tokens stand around a document.
  var count: Int { (beginning == nil ? 0 : 1) + (end == nil ? 0 : 1) }

  static func names(of tokenizer: Tokenizer) -> String {
    let names = tokenizer.vocabulary.specialTokens.map(\.text)
    if names.isEmpty { return "none" }
    return names.prefix(20).joined(separator: " ") + (names.count > 20 ? " ..." : "")
  }
}
