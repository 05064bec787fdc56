/// What encoders of one vocabulary share of its model.
enum ModelTables: Sendable {
  case byteLevel(EncodingTables)
  case characters(CharacterTables)
  case unigram(UnigramTables)
  case sentencePiece(SentencePieceTables)

  /// Refuses a vocabulary that no text can be encoded with.
  init(_ vocabulary: Vocabulary) throws(VocabularyError) {
    switch vocabulary.model {
    case .byteLevel: self = .byteLevel(try EncodingTables(vocabulary))
    case .characters(let rules):
      let builder = try CharacterTablesBuilder(
        tokens: Self.modelTokens(vocabulary), merges: vocabulary.merges, rules: rules,
        acceptsWholePieces: vocabulary.acceptsWholePreTokens)
      self = .characters(CharacterTables(builder))
    case .unigram(let scores, let rules):
      let tokens = Self.modelTokens(vocabulary)
      self = .unigram(
        try UnigramTables(
          tokens: Array(tokens.prefix(scores.count)), scores: scores, rules: rules))
    case .sentencePiece(let model): self = .sentencePiece(try SentencePieceTables(model))
    }
  }

  /// The tokens that a model of characters makes pieces of: not those that only added tokens are.
  private static func modelTokens(_ vocabulary: Vocabulary) -> [[UInt8]] {
    var tokens = vocabulary.tokens
    for id in vocabulary.idsOutsideModel { tokens[Int(id)] = [] }
    return tokens
  }
}
