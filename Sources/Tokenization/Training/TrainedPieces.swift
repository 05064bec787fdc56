/// The pieces of a trained SentencePiece vocabulary, in the order of their ids.
struct TrainedPieces {
  private let pieces: [SentencePieceModel.Piece]
  private let firstMergeID: Int
  private let specialTokens: [String]
  private let settings: TokenizerSettings

  /// `builder` has the characters of the alphabet first, then what was merged.
  init(
    _ builder: MergeBuilder, _ alphabet: CharacterAlphabet, _ specialTokens: [String],
    _ settings: TokenizerSettings
  ) {
    self.settings = settings
    self.specialTokens = specialTokens
    firstMergeID = SentencePieceTrainer.firstMergeID(specialTokens.count)
    var pieces = SentencePieceTrainer.metaPieces.enumerated().map { place, text in
      SentencePieceModel.Piece(
        text: Array(text.utf8), score: 0, kind: place == 0 ? .unknown : .control)
    }
    pieces += specialTokens.map { .init(text: Array($0.utf8), score: 0, kind: .control) }
    pieces += Self.byteTexts.map { .init(text: $0, score: 0, kind: .byte) }
    let characterCount = alphabet.characters.count
    let texts =
      builder.tokens.dropFirst(characterCount) + alphabet.byFrequency.map { builder.tokens[$0] }
    pieces += texts.enumerated().map { rank, text in
      .init(text: text, score: -Float(rank), kind: .normal)
    }
    self.pieces = pieces
  }

  /// `<0x00>` to `<0xFF>`.
  static let byteTexts: [[UInt8]] = (0..<256).map { CharacterRules.name(ofByte: UInt8($0)) }

  /// Merges stand for every way to cut a piece into two: by which of them a text gets there, merging
  /// by the best piece first does not ask.
  var vocabulary: Vocabulary {
    var ids: [[UInt8]: UInt32] = [:]
    for (id, piece) in pieces.enumerated() where piece.kind == .normal {
      ids[piece.text] = UInt32(id)
    }
    var merges: [Vocabulary.Merge] = []
    for (id, piece) in pieces.enumerated().dropFirst(firstMergeID) {
      merges += (1..<max(1, piece.text.count)).compactMap { cut in
        guard let left = ids[Array(piece.text[..<cut])], let right = ids[Array(piece.text[cut...])]
        else { return nil }
        return Vocabulary.Merge(left: left, right: right, product: UInt32(id))
      }.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
    }
    let added = (SentencePieceTrainer.metaPieces + specialTokens).enumerated().map {
      AddedToken(id: UInt32($0), text: $1)
    }
    let space = String(decoding: PieceSplit.space, as: UTF8.self)
    let form: [Normalizer] = settings.normalization == .nfkc ? [.nfkc] : []
    return Vocabulary(
      tokens: pieces.map(\.text), merges: merges, addedTokens: added,
      normalizers: form + [.prepend(space), .replace(.text(" "), with: space)],
      preTokenizer: PreTokenizer([]),
      model: .characters(
        CharacterRules(unknownID: 0, hasByteFallback: true, fusesUnknown: true)),
      decoding: [
        .replace(.text(space), with: " "), .byteFallback, .fuse, .strip(" ", start: 1, stop: 0),
      ])
  }

  /// Nil with a normalization that a model file would have to bring a map of.
  var model: SentencePieceModel? {
    guard settings.normalization == .identity else { return nil }
    var trainer = ProtobufMessage()
    // The numbers of sentencepiece_model.proto.
    trainer.set(3, .varint(UInt64(SentencePieceModel.Algorithm.bpe.rawValue)))
    trainer.set(4, .varint(UInt64(pieces.count)))
    trainer.set(10, .fixed32(Float(settings.characterCoverage).bitPattern))
    trainer.set(20, .varint(UInt64(settings.maximumPieceLength)))
    trainer.set(21, settings.splitScripts)
    trainer.set(22, true)
    trainer.set(23, true)
    trainer.set(25, settings.splitDigits)
    trainer.set(35, true)
    for (number, id) in [(40, 0), (41, 1), (42, 2), (43, -1)] {
      trainer.set(number, .varint(UInt64(bitPattern: Int64(id))))
    }
    var normalizer = ProtobufMessage()
    normalizer.set(1, .bytes(Array("identity".utf8)))
    normalizer.set(3, true)
    normalizer.set(4, false)
    normalizer.set(5, true)
    return SentencePieceModel(
      pieces: pieces, algorithm: .bpe, trainer: trainer, normalizer: normalizer)
  }
}
