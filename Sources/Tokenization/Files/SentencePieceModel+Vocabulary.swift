/// Vocabularies of characters as SentencePiece models.
extension SentencePieceModel {
  /// The model that makes of a text what a vocabulary of merges of characters, or of unigrams, does.
  ///
  /// Refuses, by name, what such a model cannot say. A token's score is the rank of the first merge that
  /// makes it, negated; single characters come after all merges.
  package init(_ vocabulary: Vocabulary) throws(VocabularyError) {
    if case .sentencePiece(let model) = vocabulary.model {
      self = model
      return
    }
    var algorithm = Algorithm.bpe
    let scores: [Float]
    let rules: CharacterRules
    switch vocabulary.model {
    case .characters(let characterRules):
      rules = characterRules
      scores = Self.scores(vocabulary)
    case .unigram(let wide, let characterRules):
      algorithm = .unigram
      rules = characterRules
      scores = wide.map { Float($0) }
    case .byteLevel, .sentencePiece:
      throw Self.unsayable(
        "it merges bytes, but SentencePiece merges characters and writes bytes only where a "
          + "character has no piece; write a tokenizer.json or a .tiktoken")
    }
    if vocabulary.acceptsWholePreTokens {
      throw Self.unsayable("whole pieces of text become tokens that no merges lead to")
    }
    let steps = try WhitespaceSteps(vocabulary)
    let pieces = try Self.pieces(vocabulary, scores, rules)
    self.init(
      pieces: pieces, algorithm: algorithm,
      trainer: Self.trainer(pieces, algorithm, hasByteFallback: rules.hasByteFallback),
      normalizer: steps.settings)
    do throws(ProtobufError) {
      try check()
    } catch {
      throw Self.unsayable(error.message)
    }
  }

  fileprivate static func unsayable(_ reason: String) -> VocabularyError {
    VocabularyError(message: "a SentencePiece model cannot say this vocabulary: \(reason)")
  }

  private static func scores(_ vocabulary: Vocabulary) -> [Float] {
    var scores = [Float?](repeating: nil, count: vocabulary.tokens.count)
    for (rank, merge) in vocabulary.merges.enumerated() where scores[Int(merge.product)] == nil {
      scores[Int(merge.product)] = -Float(rank)
    }
    var next = vocabulary.merges.count
    return scores.map { score in
      if let score { return score }
      defer { next += 1 }
      return -Float(next)
    }
  }

  private static func pieces(
    _ vocabulary: Vocabulary, _ scores: [Float], _ rules: CharacterRules
  ) throws(VocabularyError) -> [Piece] {
    if !rules.hasByteFallback, rules.unknownID == nil || !rules.fusesUnknown {
      throw unsayable("characters without a token are not one unknown token where they are several")
    }
    let added = Dictionary(vocabulary.addedTokens.map { ($0.id, $0) }) { $1 }
    var pieces: [Piece] = []
    for (index, token) in vocabulary.tokens.enumerated() {
      let id = UInt32(index)
      // Behind the model's tokens are added ones, which have no score.
      let score = index < scores.count ? scores[index] : 0
      let piece = Piece(text: token, score: score, kind: .normal)
      if id == rules.unknownID {
        pieces.append(Piece(text: token, score: 0, kind: .unknown))
      } else if let token = added[id] {
        pieces.append(try self.piece(token))
      } else if token.isEmpty {
        // Every id has a piece; this one stands for nothing.
        pieces.append(Piece(text: Array("<unused\(id)>".utf8), score: 0, kind: .control))
      } else if rules.hasByteFallback, piece.byte != nil {
        pieces.append(Piece(text: token, score: 0, kind: .byte))
      } else {
        pieces.append(piece)
      }
    }
    return pieces
  }

  private static func piece(_ token: AddedToken) throws(VocabularyError) -> Piece {
    if !token.isSpecial, token.stripsLeft || token.stripsRight || token.isWholeWord {
      throw unsayable("its added token \(token.text) takes white space along, or is a whole word")
    }
    return Piece(
      text: Array(token.text.utf8), score: 0, kind: token.isSpecial ? .control : .userDefined)
  }

  /// What SentencePiece asks of the settings of a training (TrainerSpec).
  private static func trainer(
    _ pieces: [Piece], _ algorithm: Algorithm, hasByteFallback: Bool
  ) -> ProtobufMessage {
    var message = ProtobufMessage()
    func number(_ value: Int) -> ProtobufMessage.Value {
      .varint(UInt64(bitPattern: Int64(value)))
    }
    message.set(3, number(algorithm.rawValue))
    message.set(4, number(pieces.count))
    message.set(35, hasByteFallback)
    let unknown = pieces.firstIndex { $0.kind == .unknown }
    message.set(40, number(unknown ?? -1))
    for (field, name) in [(41, "<s>"), (42, "</s>"), (43, "<pad>")] {
      let id = pieces.firstIndex { $0.kind == .control && $0.text == Array(name.utf8) }
      message.set(field, number(id ?? -1))
    }
    if let unknown { message.set(45, .bytes(pieces[unknown].text)) }
    return message
  }
}

/// What the normalizers of a vocabulary do to white space, and the map they apply, as a SentencePiece
/// model says it (NormalizerSpec).
private struct WhitespaceSteps {
  private(set) var settings = ProtobufMessage()

  init(_ vocabulary: Vocabulary) throws(VocabularyError) {
    var map: [UInt8] = []
    var addsPrefix = false
    var escapes = false
    for (index, normalizer) in vocabulary.normalizers.enumerated() {
      switch normalizer {
      case .precompiled(let characterMap) where index == 0: map = characterMap.bytes
      case .prepend("\u{2581}") where !addsPrefix && !escapes: addsPrefix = true
      case .prepend(" ") where !addsPrefix && !escapes: addsPrefix = true
      case .replace(.text(" "), with: "\u{2581}") where !escapes: escapes = true
      default:
        throw SentencePieceModel.unsayable("its normalizer \(index) is not one that it knows")
      }
    }
    if !vocabulary.preTokenizer.steps.isEmpty {
      throw SentencePieceModel.unsayable("it cuts texts into pieces before merging")
    }
    settings.set(1, .bytes(Array((map.isEmpty ? "identity" : "user_defined").utf8)))
    settings.set(2, .bytes(map))
    settings.set(3, addsPrefix)
    settings.set(4, false)
    settings.set(5, escapes)
  }
}
