/// The tokens of a model in a `tokenizer.json`, by their names and by their ids.
struct ModelNames {
  /// Whether bytes are spelled in the byte alphabet.
  let isByteLevel: Bool
  /// The bytes of every id; empty for an unused id.
  private(set) var tokens: [[UInt8]] = []
  /// A score for each id, for a unigram model alone.
  private(set) var scores: [Double] = []
  /// Ids of names outside the byte alphabet.
  private(set) var literalTokens: Set<UInt32> = []
  /// How many names there are.
  private(set) var count = 0
  private var ids: [[UInt8]: UInt32] = [:]

  init(_ model: JSONTree, isByteLevel: Bool) throws(VocabularyError) {
    self.isByteLevel = isByteLevel
    if try ModelRules.isUnigram(model) {
      try read(scored: model["vocab"]?.array ?? [])
    } else {
      try read(model["vocab"]?.members ?? [])
    }
  }

  /// The id of a name, as UTF-8.
  func id(_ name: [UInt8]) -> UInt32? { ids[name] }

  /// Whether a byte that UTF-8 has is no token of a byte-level model.
  var lacksBytes: Bool {
    (0...255).contains { byte in
      let isOfUTF8 = byte < 0xC0 || (0xC2...0xF4).contains(byte)
      return isOfUTF8 && ids[ByteAlphabet.encode([UInt8(byte)])] == nil
    }
  }

  /// What is in `vocab` of a BPE model.
  private mutating func read(_ members: [(name: String, value: JSONTree)]) throws(VocabularyError) {
    ids.reserveCapacity(members.count)
    tokens.reserveCapacity(members.count)
    for (name, value) in members {
      guard let id = value.index, id < Vocabulary.maximumTokenCount else {
        throw VocabularyError(message: "token \"\(name)\" has no usable id")
      }
      while tokens.count <= id { tokens.append([]) }
      let utf8 = Array(name.utf8)
      // Of a name that is there twice the last counts.
      if let other = ids.updateValue(UInt32(id), forKey: utf8) { forget(other) }
      if !tokens[id].isEmpty { throw VocabularyError(message: "id \(id) is given twice") }
      try place(name, utf8, id)
    }
    count = ids.count
  }

  /// What is in `vocab` of a unigram model: names with scores, in order of id.
  private mutating func read(scored list: [JSONTree]) throws(VocabularyError) {
    if list.count > Vocabulary.maximumTokenCount {
      throw VocabularyError(message: "it has \(list.count) tokens, more than can be kept")
    }
    for (id, item) in list.enumerated() {
      guard let pair = item.array, pair.count == 2, let name = pair[0].string,
        case .number(let score) = pair[1], score.isFinite
      else { throw VocabularyError(message: "token \(id) is not a name and a score") }
      let utf8 = Array(name.utf8)
      tokens.append([])
      scores.append(score)
      try place(name, utf8, id)
      ids[utf8] = UInt32(id)
    }
    count = list.count
  }

  private mutating func place(
    _ name: String, _ utf8: [UInt8], _ id: Int
  ) throws(VocabularyError) {
    if isByteLevel, !utf8.isEmpty, let bytes = ByteAlphabet.decode(name) {
      tokens[id] = bytes
    } else {
      tokens[id] = utf8
      if isByteLevel { literalTokens.insert(UInt32(id)) }
    }
  }

  private mutating func forget(_ id: UInt32) {
    tokens[Int(id)] = []
    literalTokens.remove(id)
  }
}
