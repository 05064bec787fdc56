/// How the model of a `tokenizer.json` makes ids, beside its tokens.
struct ModelRules {
  let model: Vocabulary.Model
  /// What becomes of characters without a token.
  let unknown: CharacterRules
  private(set) var merges: [Vocabulary.Merge] = []

  /// Refuses, by name, what is not done here.
  init(_ model: JSONTree, _ names: ModelNames) throws(VocabularyError) {
    let isUnigram = model["vocab"]?.array != nil
    let type = model["type"]?.string ?? (isUnigram ? "Unigram" : "BPE")
    switch type {
    case "Unigram" where isUnigram && !names.isByteLevel:
      unknown = CharacterRules(
        unknownID: try Self.unknownID(model, names),
        hasByteFallback: model["byte_fallback"]?.bool ?? false, fusesUnknown: true)
      self.model = .unigram(scores: names.scores, unknown)
    case "BPE" where !isUnigram:
      try Self.refuseWhatChangesIDs(model)
      unknown = try Self.unknown(model, names)
      self.model = names.isByteLevel ? .byteLevel : .characters(unknown)
      merges = try Self.merges(model, names)
    default:
      throw VocabularyError(
        message: "its model is \(names.isByteLevel ? "byte-level " : "")\(type); only BPE and "
          + "Unigram are read")
    }
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
    if let token = model["unk_token"]?.string {
      id = names.id(Array(token.utf8))
      if id == nil { throw VocabularyError(message: "its unk_token is not in its vocab") }
    }
    if id != nil, names.isByteLevel, names.lacksBytes {
      throw VocabularyError(message: "its unk_token stands for bytes that have no token")
    }
    let hasByteFallback = model["byte_fallback"]?.bool ?? false
    if hasByteFallback, names.isByteLevel, names.lacksBytes {
      throw VocabularyError(
        message: "its byte_fallback spells bytes that have no token; only byte-level models with a "
          + "token for every byte, or without byte_fallback, are read")
    }
    return CharacterRules(
      unknownID: id, hasByteFallback: hasByteFallback,
      fusesUnknown: model["fuse_unk"]?.bool ?? false)
  }

  private static func merges(
    _ model: JSONTree, _ names: ModelNames
  ) throws(VocabularyError) -> [Vocabulary.Merge] {
    let list = model["merges"]?.array ?? []
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
