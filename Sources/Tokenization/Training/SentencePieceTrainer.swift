internal import TextAnalysis

/// Trains BPE of characters with byte fallback, as SentencePiece's trainer with model_type=bpe,
/// byte_fallback and the identity or NFKC normalizer.
///
/// Pieces in order: `<unk>`, `<s>`, `</s>`, special tokens, 256 bytes, merges by frequency, characters
/// by frequency. Of equal counts the pair of the smaller characters' ids is merged first, where
/// SentencePiece takes the shorter piece; and all pairs are looked at before every merge, where
/// SentencePiece looks at the most frequent twentieth.
struct SentencePieceTrainer {
  private let plan: TrainingPlan

  init(_ plan: TrainingPlan) {
    self.plan = plan
  }

  static let metaPieces = ["<unk>", "<s>", "</s>"]

  /// The id of the first merge after so many special tokens.
  static func firstMergeID(_ specialTokenCount: Int) -> Int {
    metaPieces.count + specialTokenCount + 256
  }

  /// Special tokens that are not among the meta pieces.
  private var specialTokens: [String] {
    plan.settings.allSpecialTokens.filter { !Self.metaPieces.contains($0) }
  }

  func train() throws -> TrainedVocabulary {
    let alphabet = try CharacterAlphabet(
      plan.words, coverage: plan.settings.characterCoverage, limit: plan.settings.alphabetLimit)
    let fixed = Self.firstMergeID(specialTokens.count) + alphabet.characters.count
    guard fixed <= plan.settings.tokenCount else {
      throw SettingsError(
        setting: "vocabulary-size",
        message: "\(plan.settings.tokenCount) is too small for the \(fixed) special, byte and "
          + "character pieces of this text; make it larger, or lower character-coverage or "
          + "alphabet-limit")
    }
    return plan.isNarrow
      ? try train(UInt16.self, alphabet, fixed) : try train(UInt32.self, alphabet, fixed)
  }

  private func train<Unit: TokenUnit>(
    _ unit: Unit.Type, _ alphabet: CharacterAlphabet, _ fixed: Int
  ) throws -> TrainedVocabulary {
    // Characters are no more than bytes.
    var learner = try plan.learner(unit)
    var tokens: [UInt32] = []
    var tokenTotal = alphabet.fallbackTotal
    try plan.words.forEach { word, count in
      alphabet.forEachRun(of: word, into: &tokens) { run in
        if run.count == 1 { tokenTotal += count } else { learner.add(run, count: count) }
      }
    }
    let named = (Self.metaPieces + specialTokens).map { Array($0.utf8) } + TrainedPieces.byteTexts
    var builder = MergeBuilder(
      tokens: alphabet.characters.map { Array(String($0).utf8) },
      .init(
        byteCount: plan.settings.maximumTokenByteCount ?? .max,
        characterCount: plan.settings.maximumPieceLength, forbidden: Set(named)))
    try plan.run(&learner, wanted: plan.settings.tokenCount - fixed) { builder.merge($0, $1) }
    let pieces = TrainedPieces(builder, alphabet, specialTokens, plan.settings)
    return TrainedVocabulary(
      vocabulary: pieces.vocabulary, sentencePieceModel: pieces.model, extent: plan.words.extent,
      unit: plan.words.header.unit, tokenTotal: tokenTotal + learner.tokenTotal)
  }
}
