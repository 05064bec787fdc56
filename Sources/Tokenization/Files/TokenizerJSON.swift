package import ByteKernels
internal import Documents

/// Writes the `tokenizer.json` that Hugging Face's tokenizers and transformers load.
///
/// The layout is that of tokenizers 0.23's own files, so what it trains and what we train on the same
/// text is the same file.
package enum TokenizerJSON {
  /// Writes a vocabulary; in the reader's hands it gives the ids that ours gives.
  package static func write(_ vocabulary: Vocabulary, path: String) throws -> OutputFile.Published {
    var json = JSONLines()
    json.open("{")
    json.member("version", "\"1.0\"")
    json.member("truncation", "null")
    json.member("padding", "null")
    addedTokens(vocabulary, &json)
    json.member("normalizer", "null")
    json.name("pre_tokenizer")
    preTokenizer(vocabulary.pattern ?? .none, &json)
    json.member("post_processor", "null")
    json.name("decoder")
    byteLevel(&json, addsPrefixSpace: true, splits: true)
    json.name("model")
    model(vocabulary, &json)
    json.close("}")
    let file = try OutputFile(path: path)
    try file.write(json.bytes)
    return try file.publish()
  }

  /// Writes the `tokenizer_config.json` that transformers wants beside it.
  ///
  /// The first special token stands for the beginning and the end of a text.
  package static func writeConfiguration(
    _ vocabulary: Vocabulary, path: String
  ) throws -> OutputFile.Published {
    var json = JSONLines()
    json.open("{")
    json.member("add_prefix_space", "false")
    json.name("added_tokens_decoder")
    json.open("{")
    for special in vocabulary.specialTokens {
      json.name("\(special.id)")
      json.open("{")
      json.member("content", text: special.text)
      for name in ["lstrip", "normalized", "rstrip", "single_word"] { json.member(name, "false") }
      json.member("special", "true")
      json.close("}")
    }
    json.close("}")
    if let first = vocabulary.specialTokens.first {
      json.member("bos_token", text: first.text)
      json.member("eos_token", text: first.text)
    }
    json.member("clean_up_tokenization_spaces", "false")
    json.member("model_max_length", "1000000000000000019884624838656")
    json.member("tokenizer_class", "\"PreTrainedTokenizerFast\"")
    json.close("}")
    let file = try OutputFile(path: path)
    try file.write(json.bytes)
    return try file.publish()
  }

  private static func addedTokens(_ vocabulary: Vocabulary, _ json: inout JSONLines) {
    json.name("added_tokens")
    json.open("[")
    for special in vocabulary.specialTokens {
      json.item()
      json.open("{")
      json.member("id", "\(special.id)")
      json.member("content", text: special.text)
      for name in ["single_word", "lstrip", "rstrip", "normalized"] { json.member(name, "false") }
      json.member("special", "true")
      json.close("}")
    }
    json.close("]")
  }

  private static func preTokenizer(_ pattern: SplitPattern, _ json: inout JSONLines) {
    // What ByteLevel splits by itself is the gpt2 pattern.
    guard let expression = pattern.regularExpression, pattern != .gpt2 else {
      byteLevel(&json, addsPrefixSpace: false, splits: pattern == .gpt2)
      return
    }
    json.open("{")
    json.member("type", "\"Sequence\"")
    json.name("pretokenizers")
    json.open("[")
    json.item()
    json.open("{")
    json.member("type", "\"Split\"")
    json.name("pattern")
    json.open("{")
    json.member("Regex", text: expression)
    json.close("}")
    json.member("behavior", "\"Isolated\"")
    json.member("invert", "false")
    json.close("}")
    json.item()
    byteLevel(&json, addsPrefixSpace: false, splits: false)
    json.close("]")
    json.close("}")
  }

  private static func byteLevel(_ json: inout JSONLines, addsPrefixSpace: Bool, splits: Bool) {
    json.open("{")
    json.member("type", "\"ByteLevel\"")
    json.member("add_prefix_space", "\(addsPrefixSpace)")
    json.member("trim_offsets", "true")
    json.member("use_regex", "\(splits)")
    json.close("}")
  }

  private static func model(_ vocabulary: Vocabulary, _ json: inout JSONLines) {
    let specials = Set(vocabulary.specialTokens.map(\.id))
    let names = vocabulary.tokens.enumerated().map { id, token in
      specials.contains(UInt32(id)) ? token : ByteAlphabet.encode(token)
    }
    json.open("{")
    json.member("type", "\"BPE\"")
    for name in ["dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix"] {
      json.member(name, "null")
    }
    json.member("fuse_unk", "false")
    json.member("byte_fallback", "false")
    json.member("ignore_merges", "\(vocabulary.acceptsWholePreTokens)")
    json.name("vocab")
    json.open("{")
    for (id, name) in names.enumerated() where !name.isEmpty {
      json.name(name)
      json.raw("\(id)")
    }
    json.close("}")
    json.name("merges")
    json.open("[")
    for merge in vocabulary.merges {
      json.item()
      json.open("[")
      for id in [merge.left, merge.right] {
        json.item()
        json.text(names[Int(id)])
      }
      json.close("]")
    }
    json.close("]")
    json.close("}")
  }
}

/// JSON with a line for every member and item, two spaces deeper at every level.
private struct JSONLines {
  private(set) var bytes: [UInt8] = []
  private var depth = 0
  private var isFirst = true

  mutating func open(_ bracket: String) {
    raw(bracket)
    depth += 1
    isFirst = true
  }

  mutating func close(_ bracket: String) {
    depth -= 1
    if !isFirst { newLine() }
    raw(bracket)
    isFirst = false
  }

  mutating func item() {
    if !isFirst { raw(",") }
    newLine()
    isFirst = false
  }

  mutating func name(_ name: String) {
    self.name(Array(name.utf8))
  }

  mutating func name(_ name: [UInt8]) {
    item()
    text(name)
    raw(": ")
  }

  mutating func member(_ name: String, _ json: String) {
    self.name(name)
    raw(json)
  }

  mutating func member(_ name: String, text: String) {
    self.name(name)
    self.text(Array(text.utf8))
  }

  mutating func text(_ text: [UInt8]) {
    JSONText.append(text.span, to: &bytes)
  }

  mutating func raw(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func newLine() {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }
}
