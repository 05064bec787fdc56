/// The `tekken.json` of Mistral's: a split pattern, tokens by rank, and special tokens, which have the
/// first ids.
enum TekkenFile {
  /// The special tokens of files that name none themselves, in order of id; others are numbered.
  private static let specials = [
    "<unk>", "<s>", "</s>", "[INST]", "[/INST]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]",
    "[TOOL_RESULTS]", "[/TOOL_RESULTS]", "[TOOL_CALLS]", "[IMG]", "<pad>", "[IMG_BREAK]",
    "[IMG_END]", "[PREFIX]", "[MIDDLE]", "[SUFFIX]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]",
    "[TOOL_CONTENT]",
  ]

  /// Whether a value is what such a file holds.
  static func isOne(_ root: JSONTree) -> Bool {
    root["config"]?["default_num_special_tokens"] != nil && root["vocab"]?.array != nil
  }

  /// The vocabulary of a file that has been parsed.
  static func vocabulary(_ root: JSONTree) throws(VocabularyError) -> Vocabulary {
    guard let config = root["config"], let source = config["pattern"]?.string,
      let size = config["default_vocab_size"]?.index, size < Vocabulary.maximumTokenCount,
      let specialCount = config["default_num_special_tokens"]?.index, specialCount <= size
    else { throw VocabularyError(message: "its config has no usable sizes or pattern") }
    let specials = try specialTokens(root, specialCount)
    var tokens = [[UInt8]](repeating: [], count: size)
    for special in specials { tokens[Int(special.id)] = Array(special.text.utf8) }
    for item in root["vocab"]?.array ?? [] {
      guard let rank = item["rank"]?.index, let text = item["token_bytes"]?.string,
        let bytes = Base64.decode(Array(text.utf8)[...]), !bytes.isEmpty
      else { throw VocabularyError(message: "a token has no usable rank or token_bytes") }
      // What lies beyond the vocabulary's size is left out.
      if rank < size - specialCount { tokens[specialCount + rank] = bytes }
    }
    let expression: SplitExpression
    do {
      expression = try SplitExpression(source)
    } catch {
      throw VocabularyError(message: error.message)
    }
    let merges = try MergeTable.recoverMerges(tokens: tokens, specialTokens: specials)
    let split = PreTokenizer.Step.split(.expression(expression), .isolated, isInverted: false)
    return Vocabulary(
      tokens: tokens, merges: merges, addedTokens: specials,
      preTokenizer: PreTokenizer([
        split, .byteLevel(addsPrefixSpace: false, splits: false, trimsOffsets: true),
      ]), acceptsWholePreTokens: true)
  }

  private static func specialTokens(
    _ root: JSONTree, _ count: Int
  ) throws(VocabularyError) -> [AddedToken] {
    var texts = (0..<count).map { $0 < specials.count ? specials[$0] : "<SPECIAL_\($0)>" }
    if let named = root["special_tokens"]?.array {
      texts = (0..<count).map { "<SPECIAL_\($0)>" }
      for item in named {
        guard let rank = item["rank"]?.index, rank < count, let text = item["token_str"]?.string,
          !text.isEmpty
        else { throw VocabularyError(message: "a special token has no usable rank or token_str") }
        texts[rank] = text
      }
    }
    return texts.enumerated().map {
      AddedToken(id: UInt32($0.offset), text: $0.element)
    }
  }
}
