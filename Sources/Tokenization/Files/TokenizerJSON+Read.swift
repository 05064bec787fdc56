internal import ByteKernels

/// Reads `tokenizer.json` files as Hugging Face's tokenizers 0.23 do, and Mistral's `tekken.json`.
///
/// Models are BPE and Unigram; what would change ids and is not done here is refused by name. A
/// post-processor, truncation and padding are kept, but `encode` does not apply them.
extension TokenizerJSON {
  package static func read(path: String) throws -> Vocabulary {
    do {
      let bytes = try MappedFile(path: path).withBytes { [UInt8](copying: $0) }
      let root = try JSONTreeParser.parse(bytes)
      return TekkenFile.isOne(root)
        ? try TekkenFile.vocabulary(root) : try TokenizerTree(root).vocabulary()
    } catch let error as JSONTreeError {
      throw TokenizationError(path: path, byteOffset: error.byteOffset, message: error.message)
    } catch let error as VocabularyError {
      throw TokenizationError(path: path, message: error.message)
    }
  }
}

/// The parts of a `tokenizer.json`.
private struct TokenizerTree {
  private let root: JSONTree
  private let model: JSONTree

  init(_ root: JSONTree) throws(VocabularyError) {
    guard let model = root["model"], model["vocab"] != nil else {
      throw VocabularyError(message: "this is no tokenizer.json: it has no model with a vocab")
    }
    self.root = root
    self.model = model
  }

  func vocabulary() throws(VocabularyError) -> Vocabulary {
    let normalizers = try Normalizer.list(root["normalizer"])
    let preTokenizer = try PreTokenizer(root["pre_tokenizer"])
    let isByteLevel = preTokenizer.spellsBytes || normalizers.contains(.byteLevel)
    let names = try ModelNames(model, isByteLevel: isByteLevel)
    let rules = try ModelRules(model, names)
    let added = try AddedTokenList(try root.list("added_tokens") ?? [], names)
    var attachments = Attachments()
    attachments.postProcessor = root["post_processor"]
    attachments.truncation = root["truncation"]
    attachments.padding = root["padding"]
    if isByteLevel { attachments.unknown = rules.unknown }
    return Vocabulary(
      tokens: added.tokens, merges: rules.merges, addedTokens: added.addedTokens,
      normalizers: normalizers, preTokenizer: preTokenizer, model: rules.model,
      acceptsWholePreTokens: try model.flag("ignore_merges", default: false),
      literalTokens: names.literalTokens, decoding: try DecodingStep.list(root["decoder"]),
      attachments: attachments)
  }
}
