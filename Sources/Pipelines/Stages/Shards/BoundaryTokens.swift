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
    beginning = try id(settings.beginningOfDocument, "beginning-of-document")
    if settings.endOfDocument == TokenShardSettings.automatic {
      guard let found = first(TokenShardSettings.usualEnds) else {
        throw PipelineError(
          file: path,
          message: "has no special token that usually ends documents; name one as end-of-document "
            + "(it has \(Self.names(of: tokenizer))), or give an empty name for none")
      }
      end = found
    } else {
      end = try id(settings.endOfDocument, "end-of-document")
    }
    if settings.padding == TokenShardSettings.automatic {
      padding = first(Self.usualPaddings) ?? end ?? 0
    } else {
      padding = try id(settings.padding, "padding") ?? 0
    }
  }

  private static func names(of tokenizer: Tokenizer) -> String {
    let names = tokenizer.vocabulary.specialTokens.map(\.text)
    if names.isEmpty { return "none" }
    return names.prefix(20).joined(separator: " ") + (names.count > 20 ? " ..." : "")
  }
}
