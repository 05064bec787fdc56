/// How the model of a `tokenizer.json` makes ids, beside its tokens.
struct ModelRules {
  let model: Vocabulary.Model
  /// What becomes of characters without a token.
  let unknown: CharacterRules
  private(set) var merges: [Vocabulary.Merge] = []

  /// Refuses, by name, what is not done here.
  init(_ model: JSONTree, _ names: ModelNames) throws(VocabularyError) {
    if try Self.isUnigram(model) {
      if names.isByteLevel {
        throw VocabularyError(
          message:
            "its model is Unigram, but its text is spelled in bytes (ByteLevel); only BPE is "
            + "read so")
      }
      unknown = CharacterRules(
        unknownID: try Self.unknownID(model, names),
        hasByteFallback: try model.flag("byte_fallback", default: false), fusesUnknown: true)
      self.model = .unigram(scores: names.scores, unknown)
    } else {
      try Self.refuseWhatChangesIDs(model)
      unknown = try Self.unknown(model, names)
      self.model = names.isByteLevel ? .byteLevel : .characters(unknown)
      merges = try Self.merges(model, names)
    }
  }

  /// Whether a model is Unigram; refuses what is neither that nor BPE.
  static func isUnigram(_ model: JSONTree) throws(VocabularyError) -> Bool {
    let isList = model["vocab"]?.array != nil
    let type = try model.text("type") ?? (isList ? "Unigram" : "BPE")
    guard type == "BPE" || type == "Unigram" else {
      throw VocabularyError(message: "its model is \(type); only BPE and Unigram are read")
    }
    let isUnigram = type == "Unigram"
    if isUnigram ? !isList : model["vocab"]?.members == nil {
      throw VocabularyError(
        message: "its vocab is not what the model \(type) has: "
          + (isUnigram ? "a list of names with scores" : "an object of names with ids"))
    }
    return isUnigram
  }

  private static func refuseWhatChangesIDs(_ model: JSONTree) throws(VocabularyError) {
    if let dropout = model["dropout"], dropout != .number(0) {
      throw VocabularyError(message: "it drops merges at random")
    }
    for name in ["continuing_subword_prefix", "end_of_word_suffix"] {
      if let affix = model[name], affix != .string("") {
        throw VocabularyError(message: "its model has a \(name); only models without are read")
      }
    }
  }

  private static func unknownID(
    _ model: JSONTree, _ names: ModelNames
  ) throws(VocabularyError) -> UInt32? {
    guard let number = model["unk_id"] else { return nil }
    guard let id = number.index, id < names.count else {
      throw VocabularyError(message: "its unk_id is no token")
    }
    return UInt32(id)
  }

  private static func unknown(
    _ model: JSONTree, _ names: ModelNames
  ) throws(VocabularyError) -> CharacterRules {
    var id: UInt32?
    if let token = try model.text("unk_token") {
      id = names.id(Array(token.utf8))
      if id == nil { throw VocabularyError(message: "its unk_token is not in its vocab") }
    }
    if id != nil, names.isByteLevel, names.lacksBytes {
      throw VocabularyError(message: "its unk_token stands for bytes that have no token")
    }
    let hasByteFallback = try model.flag("byte_fallback", default: false)
    if hasByteFallback, names.isByteLevel, names.lacksBytes {
      throw VocabularyError(
        message: "its byte_fallback spells bytes that have no token; only byte-level models with a "
          + "token for every byte, or without byte_fallback, are read")
    }
    return CharacterRules(
      unknownID: id, hasByteFallback: hasByteFallback,
      fusesUnknown: try model.flag("fuse_unk", default: false))
  }

  private static func merges(
    _ model: JSONTree, _ names: ModelNames
  ) throws(VocabularyError) -> [Vocabulary.Merge] {
    guard let list = try model.list("merges") else {
      throw VocabularyError(message: "its model BPE has no merges")
    }
    var merges: [Vocabulary.Merge] = []
    merges.reserveCapacity(list.count)
    for tree in list {
      guard let (left, right) = parts(tree) else {
        throw VocabularyError(message: "merge \(merges.count) is not of two tokens")
      }
      // Files of merges begin with their version; in older tokenizer.json it may have stayed.
      if left.starts(with: "#version".utf8), tree.string != nil { continue }
      guard let leftID = names.id(left), let rightID = names.id(right),
        let product = names.id(left + right)
      else {
        throw VocabularyError(
          message: "merge \(merges.count) is not of two tokens that make a third")
      }
      merges.append(.init(left: leftID, right: rightID, product: product))
    }
    return merges
  }

  /// Older files have "left right", newer ones ["left", "right"].
  private static func parts(_ tree: JSONTree) -> (left: [UInt8], right: [UInt8])? {
    if let pair = tree.array {
      guard pair.count == 2, let left = pair[0].string, let right = pair[1].string else {
        return nil
      }
      return (Array(left.utf8), Array(right.utf8))
    }
    guard let text = tree.string else { return nil }
    let parts = Array(text.utf8).split(
      separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    return parts.count == 2 ? (Array(parts[0]), Array(parts[1])) : nil
  }
}
