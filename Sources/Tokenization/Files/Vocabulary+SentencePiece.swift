extension Vocabulary {
  /// A vocabulary that does what a SentencePiece model says.
  ///
  /// Its control pieces and the unknown one are special tokens.
  package init(_ model: SentencePieceModel) {
    var added: [AddedToken] = []
    for (id, piece) in model.pieces.enumerated()
    where piece.kind == .control || piece.kind == .unknown {
      added.append(AddedToken(id: UInt32(id), text: String(decoding: piece.text, as: UTF8.self)))
    }
    self.init(
      tokens: model.pieces.map(\.text), merges: [], addedTokens: added,
      preTokenizer: PreTokenizer([]), model: .sentencePiece(model), decoding: [])
  }
}

/// A SentencePiece model in the terms of a `tokenizer.json`.
extension SentencePieceModel {
  /// A vocabulary of merges or scores with steps that do what the model does, as near as these terms
  /// come; refuses, by name, what they cannot say.
  ///
  /// Pieces of equal score, which SentencePiece merges in the order of their places, are merged here
  /// in the order of their ids.
  package func vocabularyOfSteps() throws(VocabularyError) -> Vocabulary {
    if treatsWhitespaceAsSuffix {
      throw Self.unsayable("it puts white space behind words")
    }
    let userDefined = pieces.contains { $0.kind == .userDefined }
    if userDefined, addsDummyPrefix || removesExtraWhitespace {
      throw Self.unsayable("it has user-defined pieces and changes white space around them")
    }
    if pieces.contains(where: { $0.kind == .unused }) {
      throw Self.unsayable("it has unused pieces")
    }
    let rules = CharacterRules(
      unknownID: unknownID, hasByteFallback: hasByteFallback, fusesUnknown: true)
    let model: Vocabulary.Model
    switch algorithm {
    case .bpe: model = .characters(rules)
    case .unigram: model = .unigram(scores: pieces.map { Double($0.score) }, rules)
    case .word, .character:
      throw Self.unsayable("its type is \(algorithm); only BPE and unigram models can be said")
    }
    return Vocabulary(
      tokens: pieces.map(\.text), merges: algorithm == .bpe ? try rankedMerges() : [],
      addedTokens: addedTokens, normalizers: try normalizers(), preTokenizer: PreTokenizer([]),
      model: model, decoding: decoding)
  }

  private static func unsayable(_ reason: String) -> VocabularyError {
    VocabularyError(message: "a tokenizer.json cannot say this SentencePiece model: \(reason)")
  }

  private var addedTokens: [AddedToken] {
    pieces.enumerated().compactMap { id, piece in
      let text = String(decoding: piece.text, as: UTF8.self)
      return switch piece.kind {
      case .control, .unknown: AddedToken(id: UInt32(id), text: text)
      case .userDefined: AddedToken(id: UInt32(id), text: text, isSpecial: false)
      default: nil
      }
    }
  }

  /// All ways in which two pieces are a third, the greatest score first.
  private func rankedMerges() throws(VocabularyError) -> [Vocabulary.Merge] {
    let builder = try CharacterTablesBuilder(self)
    return builder.pairs.enumerated().filter { _, pair in
      pair.left < pieces.count && pair.right < pieces.count
    }.sorted { a, b in
      // By rank and product, then as they were found.
      (a.element.merge, a.offset) < (b.element.merge, b.offset)
    }.map { _, pair in
      Vocabulary.Merge(
        left: pair.left, right: pair.right, product: UInt32(truncatingIfNeeded: pair.merge))
    }
  }

  private func normalizers() throws(VocabularyError) -> [Normalizer] {
    var steps: [Normalizer] = []
    if !characterMap.isEmpty { steps.append(.precompiled(try CharacterMap(characterMap))) }
    if removesExtraWhitespace {
      guard let ends = try? SplitExpression(#"\A +| +\z"#),
        let runs = try? SplitExpression(" {2,}")
      else { throw Self.unsayable("its white space cannot be matched") }
      steps.append(.replace(.regularExpression(ends), with: ""))
      steps.append(.replace(.regularExpression(runs), with: " "))
    }
    if addsDummyPrefix { steps.append(.prepend(escapesWhitespace ? "\u{2581}" : " ")) }
    if escapesWhitespace { steps.append(.replace(.text(" "), with: "\u{2581}")) }
    return steps
  }

  private var decoding: [DecodingStep] {
    var steps: [DecodingStep] = [.replace(.text("\u{2581}"), with: " ")]
    if hasByteFallback { steps.append(.byteFallback) }
    steps.append(.fuse)
    if addsDummyPrefix { steps.append(.strip(" ", start: 1, stop: 0)) }
    return steps
  }
}
