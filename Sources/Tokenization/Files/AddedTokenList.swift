/// The `added_tokens` of a `tokenizer.json`, with the ids that Hugging Face's tokenizers give them.
struct AddedTokenList {
  /// In order of id; of a token that is there twice the last counts.
  private(set) var addedTokens: [AddedToken] = []
  /// The bytes of every id, added tokens included.
  private(set) var tokens: [[UInt8]]

  /// A token that the model has under the same name has the model's id; others get ids one after the
  /// other behind the model's, whatever the file says.
  init(_ list: [JSONTree], _ names: ModelNames) throws(VocabularyError) {
    tokens = names.tokens
    var ids: [[UInt8]: UInt32] = [:]
    var items: [UInt32: AddedToken] = [:]
    var next = UInt32(names.count)
    for item in list {
      guard let text = item["content"]?.string, item["id"]?.index != nil else {
        throw VocabularyError(message: "an added token has no usable id or content")
      }
      let utf8 = Array(text.utf8)
      if utf8.isEmpty { continue }
      let known = ids[utf8] ?? names.id(utf8)
      let id = known ?? next
      if known == nil { next += 1 }
      ids[utf8] = id
      items[id] = try Self.token(item, id, text, isInModel: names.id(utf8) != nil)
      try place(text, id, isInModel: names.id(utf8) != nil)
    }
    addedTokens = items.values.sorted { $0.id < $1.id }
  }

  private static func token(
    _ item: JSONTree, _ id: UInt32, _ text: String, isInModel: Bool
  ) throws(VocabularyError) -> AddedToken {
    AddedToken(
      id: id, text: text, isSpecial: try item.flag("special", default: false),
      isNormalized: try item.flag("normalized", default: true),
      stripsLeft: try item.flag("lstrip", default: false),
      stripsRight: try item.flag("rstrip", default: false),
      isWholeWord: try item.flag("single_word", default: false),
      isInModel: isInModel)
  }

  private mutating func place(
    _ text: String, _ id: UInt32, isInModel: Bool
  ) throws(VocabularyError) {
    if isInModel { return }
    let utf8 = Array(text.utf8)
    guard id < Vocabulary.maximumTokenCount else {
      throw VocabularyError(message: "it has more tokens than can be kept")
    }
    while tokens.count <= id { tokens.append([]) }
    guard tokens[Int(id)].isEmpty || tokens[Int(id)] == utf8 else {
      throw VocabularyError(message: "added token \"\(text)\" would get id \(id), which is in use")
    }
    tokens[Int(id)] = utf8
  }
}
