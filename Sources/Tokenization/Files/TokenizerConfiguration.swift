package import ByteKernels

/// The `tokenizer_config.json` that transformers wants beside a `tokenizer.json`.
package enum TokenizerConfiguration {
  /// What transformers calls the tokens with a part of their own, by the names they mostly have.
  private static let roles: [(role: String, names: [String])] = [
    (
      "bos_token",
      ["<s>", "<|begin_of_text|>", "<bos>", "<｜begin▁of▁sentence｜>", "<|startoftext|>", "[BOS]"]
    ),
    (
      "eos_token",
      [
        "<|endoftext|>", "</s>", "<|end_of_text|>", "<eos>", "<｜end▁of▁sentence｜>", "<EOT>",
        "[EOS]",
      ]
    ),
    ("pad_token", ["<pad>", "[PAD]", "<|pad|>", "<｜▁pad▁｜>"]),
    ("unk_token", ["<unk>", "[UNK]", "<|unk|>"]),
  ]

  /// Writes the configuration that was read with the vocabulary, or makes one.
  ///
  /// Where no special token has a name that ends texts, the first of them stands for their beginning
  /// and end.
  package static func write(_ vocabulary: Vocabulary, path: String) throws -> OutputFile.Published {
    let file = try OutputFile(path: path)
    try file.write(bytes(of: vocabulary))
    return try file.publish()
  }

  /// What is written.
  static func bytes(of vocabulary: Vocabulary) -> [UInt8] {
    var json = JSONLines()
    json.value(vocabulary.attachments.configuration ?? made(vocabulary))
    return json.bytes
  }

  /// The configuration in a file; nil when there is no file.
  static func read(path: String) throws -> JSONTree? {
    if FileSystem.status(path) == nil { return nil }
    let bytes = try MappedFile(path: path).withBytes { [UInt8](copying: $0) }
    do {
      return try JSONTreeParser.parse(bytes)
    } catch {
      throw TokenizationError(path: path, byteOffset: error.byteOffset, message: error.message)
    }
  }

  private static func made(_ vocabulary: Vocabulary) -> JSONTree {
    let specials = vocabulary.specialTokens
    var members: [(name: String, value: JSONTree)] = [
      ("add_prefix_space", .bool(false)),
      (
        "added_tokens_decoder",
        .object(vocabulary.addedTokens.map { ("\($0.id)", addedToken($0)) })
      ),
    ]
    for (role, names) in roles {
      let named = names.first { name in specials.contains { $0.text.utf8.elementsEqual(name.utf8) }
      }
      let isEnd = role == "eos_token" || role == "bos_token"
      if let text = named ?? (isEnd ? end(specials) : nil) { members.append((role, .string(text))) }
    }
    members += [
      ("clean_up_tokenization_spaces", .bool(false)), ("model_max_length", .number(1e30)),
      ("tokenizer_class", .string("PreTrainedTokenizerFast")),
    ]
    return .object(members)
  }

  /// The token that ends texts: of that name, or the first.
  private static func end(_ specials: [AddedToken]) -> String? {
    let names = roles.first { $0.role == "eos_token" }?.names ?? []
    let named = names.first { name in specials.contains { $0.text.utf8.elementsEqual(name.utf8) } }
    return named ?? specials.first?.text
  }

  private static func addedToken(_ token: AddedToken) -> JSONTree {
    .object([
      ("content", .string(token.text)), ("lstrip", .bool(token.stripsLeft)),
      ("normalized", .bool(token.isNormalized)), ("rstrip", .bool(token.stripsRight)),
      ("single_word", .bool(token.isWholeWord)), ("special", .bool(token.isSpecial)),
    ])
  }
}
