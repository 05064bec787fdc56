package import ByteKernels

/// Writes the `tokenizer.json` that Hugging Face's tokenizers and transformers load.
///
/// The layout is that of tokenizers 0.23's own files, so what it trains and what we train on the same
/// text is the same file.
package enum TokenizerJSON {
  /// Writes a vocabulary; in the reader's hands it gives the ids that ours gives.
  ///
  /// Refuses a unigram model with unused ids, which such a file cannot have.
  package static func write(_ vocabulary: Vocabulary, path: String) throws -> OutputFile.Published {
    let bytes = try bytes(of: vocabulary, path: path)
    let file = try OutputFile(path: path)
    try file.write(bytes)
    return try file.publish()
  }

  /// What is written; `path` is for errors.
  static func bytes(
    of vocabulary: Vocabulary, path: String
  ) throws(TokenizationError) -> [UInt8] {
    let vocabulary = vocabulary.withAddedTokensInPlace
    var json = JSONLines()
    json.open("{")
    json.member("version", "\"1.0\"")
    json.member("truncation", vocabulary.attachments.truncation)
    json.member("padding", vocabulary.attachments.padding)
    json.member("added_tokens", .array(vocabulary.addedTokens.map(addedToken)))
    json.member("normalizer", Normalizer.tree(vocabulary.normalizers))
    json.member("pre_tokenizer", vocabulary.preTokenizer.tree)
    json.member("post_processor", vocabulary.attachments.postProcessor)
    json.member("decoder", DecodingStep.tree(vocabulary.decoding))
    json.name("model")
    json.open("{")
    switch vocabulary.model {
    case .byteLevel: bytePairs(vocabulary, vocabulary.attachments.unknown, &json)
    case .characters(let rules): bytePairs(vocabulary, rules, &json)
    case .sentencePiece:
      throw TokenizationError(
        path: path, message: "the steps of a SentencePiece model are not said by a tokenizer.json")
    case .unigram(let scores, let rules): try unigram(vocabulary, scores, rules, path, &json)
    }
    json.close("}")
    json.close("}")
    return json.bytes
  }

  /// The flags of an added token, in the order in which a `tokenizer.json` has them.
  private static func addedToken(_ token: AddedToken) -> JSONTree {
    .object([
      ("id", .number(Double(token.id))), ("content", .string(token.text)),
      ("single_word", .bool(token.isWholeWord)), ("lstrip", .bool(token.stripsLeft)),
      ("rstrip", .bool(token.stripsRight)), ("normalized", .bool(token.isNormalized)),
      ("special", .bool(token.isSpecial)),
    ])
  }

  private static func bytePairs(
    _ vocabulary: Vocabulary, _ rules: CharacterRules, _ json: inout JSONLines
  ) {
    let names = vocabulary.modelNames
    json.member("type", "\"BPE\"")
    json.member("dropout", "null")
    json.name("unk_token")
    if let id = rules.unknownID { json.text(names[Int(id)]) } else { json.raw("null") }
    json.member("continuing_subword_prefix", "null")
    json.member("end_of_word_suffix", "null")
    json.member("fuse_unk", "\(rules.fusesUnknown)")
    json.member("byte_fallback", "\(rules.hasByteFallback)")
    json.member("ignore_merges", "\(vocabulary.acceptsWholePreTokens)")
    json.name("vocab")
    json.open("{")
    for (id, name) in names.enumerated()
    where !name.isEmpty || vocabulary.literalTokens.contains(UInt32(id)) {
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
  }

  private static func unigram(
    _ vocabulary: Vocabulary, _ scores: [Double], _ rules: CharacterRules, _ path: String,
    _ json: inout JSONLines
  ) throws(TokenizationError) {
    json.member("type", "\"Unigram\"")
    json.member("unk_id", rules.unknownID.map { "\($0)" } ?? "null")
    json.name("vocab")
    json.open("[")
    let names = vocabulary.modelNames
    let count = names.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
    for (id, name) in names[..<count].enumerated() {
      guard !name.isEmpty, id < scores.count else {
        throw TokenizationError(
          path: path, message: "id \(id) of the unigram model has no token; a file cannot say that")
      }
      json.item()
      json.open("[")
      json.item()
      json.text(name)
      json.item()
      json.raw(JSONNumber.text(scores[id]))
      json.close("]")
    }
    json.close("]")
    json.member("byte_fallback", "\(rules.hasByteFallback)")
  }
}

extension Vocabulary {
  /// The same with added tokens among the model's where they would get other ids: those that are not
  /// get the ids behind the model's, one after the other, whatever the file says.
  fileprivate var withAddedTokensInPlace: Vocabulary {
    let others = addedTokens.filter { !$0.isInModel }
    let first = modelNames.enumerated().count { id, name in
      !name.isEmpty || literalTokens.contains(UInt32(id))
    }
    if zip(others, first...).allSatisfy({ $0.id == $1 }) { return self }
    let listed = addedTokens.map { token in
      var token = token
      token.isInModel = true
      return token
    }
    return Vocabulary(
      tokens: tokens, merges: merges, addedTokens: listed, normalizers: normalizers,
      preTokenizer: preTokenizer, model: model, acceptsWholePreTokens: acceptsWholePreTokens,
      literalTokens: literalTokens, decoding: decoding, attachments: attachments)
  }

  /// How the model's tokens are spelled in a `tokenizer.json` or a `vocab.json`; empty for ids that
  /// are not the model's.
  var modelNames: [[UInt8]] {
    var names = tokens.enumerated().map { id, token in
      model == .byteLevel && !literalTokens.contains(UInt32(id))
        ? ByteAlphabet.encode(token) : token
    }
    for added in addedTokens {
      names[Int(added.id)] = added.isInModel ? Array(added.text.utf8) : []
    }
    return names
  }
}
