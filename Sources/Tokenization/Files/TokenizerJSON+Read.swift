internal import ByteKernels

/// Reads `tokenizer.json` files of byte-level BPE.
///
/// Tokens added outside the model become special tokens: here text never becomes them, nor are they
/// put around it. What would change ids in another way is refused by name.
extension TokenizerJSON {
  package static func read(path: String) throws -> Vocabulary {
    do {
      let bytes = try MappedFile(path: path).withBytes { span in
        var bytes: [UInt8] = []
        bytes.reserveCapacity(span.count)
        for index in span.indices { bytes.append(span[index]) }
        return bytes
      }
      return try TokenizerTree(try JSONTreeParser.parse(bytes)).vocabulary()
    } catch let error as JSONTreeError {
      throw TokenizationError(path: path, byteOffset: error.byteOffset, message: error.message)
    } catch let error as VocabularyError {
      throw TokenizationError(path: path, message: error.message)
    }
  }
}

/// The parts of a `tokenizer.json` that decide ids.
private struct TokenizerTree {
  private let root: JSONTree
  private let model: JSONTree

  init(_ root: JSONTree) throws(VocabularyError) {
    guard let model = root["model"], model["vocab"]?.members != nil else {
      throw VocabularyError(message: "this is no tokenizer.json: it has no model with a vocab")
    }
    self.root = root
    self.model = model
  }

  func vocabulary() throws(VocabularyError) -> Vocabulary {
    try refuseWhatChangesIDs()
    let pattern = try pattern()
    let specials = try specialTokens()
    let tokens = try tokens(specials)
    return Vocabulary(
      tokens: tokens, merges: try merges(tokens, specials), specialTokens: specials,
      pattern: pattern, acceptsWholePreTokens: model["ignore_merges"]?.bool ?? false)
  }

  private func refuseWhatChangesIDs() throws(VocabularyError) {
    if let type = model["type"]?.string, type != "BPE" {
      throw VocabularyError(message: "its model is \(type); only BPE is read")
    }
    if root["normalizer"] != nil {
      throw VocabularyError(message: "it has a normalizer; only those without are read")
    }
    if let dropout = model["dropout"], dropout != .number(0) {
      throw VocabularyError(message: "it drops merges at random")
    }
    for name in ["continuing_subword_prefix", "end_of_word_suffix"] {
      if let affix = model[name], affix != .string("") {
        throw VocabularyError(message: "its model has a \(name); only byte-level BPE is read")
      }
    }
    if model["byte_fallback"]?.bool == true {
      throw VocabularyError(message: "its model has byte_fallback; only byte-level BPE is read")
    }
  }

  private func pattern() throws(VocabularyError) -> SplitPattern {
    let preTokenizer = try PreTokenizer(root["pre_tokenizer"])
    guard let pattern = preTokenizer.pattern else {
      throw VocabularyError(
        message: "its pre_tokenizer is not ByteLevel, nor a Split followed by ByteLevel without "
          + "add_prefix_space")
    }
    return pattern
  }

  private func specialTokens() throws(VocabularyError) -> [AddedToken] {
    var specials: [AddedToken] = []
    for tree in root["added_tokens"]?.array ?? [] {
      guard let id = tree["id"]?.index, id < Vocabulary.maximumTokenCount,
        let text = tree["content"]?.string, !text.isEmpty
      else { throw VocabularyError(message: "an added token has no usable id or content") }
      specials.append(.init(id: UInt32(id), text: text))
    }
    return specials
  }

  private func tokens(
    _ specials: [AddedToken]
  ) throws(VocabularyError) -> [[UInt8]] {
    var tokens: [[UInt8]] = []
    for special in specials {
      while tokens.count <= special.id { tokens.append([]) }
      tokens[Int(special.id)] = Array(special.text.utf8)
    }
    let specialIDs = Set(specials.map { Int($0.id) })
    for (name, value) in model["vocab"]?.members ?? [] {
      guard let id = value.index, id < Vocabulary.maximumTokenCount else {
        throw VocabularyError(message: "token \"\(name)\" has no usable id")
      }
      if specialIDs.contains(id) { continue }
      guard let bytes = ByteAlphabet.decode(name), !bytes.isEmpty else {
        throw VocabularyError(
          message: "token \"\(name)\" is not spelled in the byte-level alphabet")
      }
      while tokens.count <= id { tokens.append([]) }
      if !tokens[id].isEmpty { throw VocabularyError(message: "id \(id) is given twice") }
      tokens[id] = bytes
    }
    return tokens
  }

  private func merges(
    _ tokens: [[UInt8]], _ specials: [AddedToken]
  ) throws(VocabularyError) -> [Vocabulary.Merge] {
    var ids: [[UInt8]: UInt32] = [:]
    let specialIDs = Set(specials.map { Int($0.id) })
    for (id, token) in tokens.enumerated() where !token.isEmpty && !specialIDs.contains(id) {
      if ids.updateValue(UInt32(id), forKey: token) != nil {
        throw VocabularyError(message: "token \(id) has the bytes of another")
      }
    }
    var merges: [Vocabulary.Merge] = []
    for (rank, tree) in (model["merges"]?.array ?? []).enumerated() {
      // Older files have "left right", newer ones ["left", "right"].
      let parts =
        tree.array?.compactMap(\.string)
        ?? tree.string?.split(separator: " ").map(String.init) ?? []
      guard parts.count == 2, let left = ByteAlphabet.decode(parts[0]),
        let right = ByteAlphabet.decode(parts[1]), let leftID = ids[left],
        let rightID = ids[right], let product = ids[left + right]
      else {
        throw VocabularyError(message: "merge \(rank) is not of two tokens that make a third")
      }
      merges.append(.init(left: leftID, right: rightID, product: product))
    }
    return merges
  }
}
