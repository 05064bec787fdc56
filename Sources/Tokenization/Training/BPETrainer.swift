/// Trains byte-level BPE.
///
/// Special tokens come first in training, then the 256 bytes in the order of their scalars in
/// `ByteAlphabet`, then the merges; `TokenLayout` then says which ids they get. The merges equal those
/// of Hugging Face's BpeTrainer with `ByteLevel.alphabet()`; its max_token_length of n, which leaves
/// out tokens of n bytes, is a maximum of n - 1 here. Where two merges lead to the same bytes it may
/// merge a pair twice; here a merge stands once.
struct BPETrainer {
  private let plan: TrainingPlan
  private let specialTokens: [[UInt8]]
  private let byteTokens: [UInt32]

  init(_ plan: TrainingPlan) {
    self.plan = plan
    specialTokens = plan.settings.allSpecialTokens.map { Array($0.utf8) }
    var ids = [UInt32](repeating: 0, count: 256)
    for (place, byte) in ByteAlphabet.order.enumerated() {
      ids[Int(byte)] = UInt32(specialTokens.count + place)
    }
    byteTokens = ids
  }

  func train() throws -> TrainedVocabulary {
    plan.isNarrow ? try train(UInt16.self) : try train(UInt32.self)
  }

  private func train<Unit: TokenUnit>(_ unit: Unit.Type) throws -> TrainedVocabulary {
    var learner = try plan.learner(unit)
    let singleTotal = try fill(&learner)
    var builder = MergeBuilder(
      tokens: specialTokens + ByteAlphabet.order.map { [$0] }, first: specialTokens.count,
      .init(
        byteCount: plan.settings.maximumTokenByteCount ?? .max, forbidden: Set(specialTokens)))
    let wanted = plan.settings.tokenCount - builder.tokens.count
    try plan.run(&learner, wanted: wanted) { builder.merge($0, $1) }
    let layout = TokenLayout(plan.settings, tokenCount: builder.tokens.count)
    let (tokenTotal, overflow) = learner.tokenTotal.addingReportingOverflow(singleTotal)
    return TrainedVocabulary(
      vocabulary: layout.vocabulary(builder), sentencePieceModel: nil, extent: plan.words.extent,
      unit: plan.words.header.unit, tokenTotal: overflow ? .max : tokenTotal)
  }

  /// Adds all words; returns the sum of the counts of those of one byte, which have no pairs.
  private func fill<Unit: TokenUnit>(_ learner: inout MergeLearner<Unit>) throws -> UInt64 {
    var done = 0
    var singleTotal: UInt64 = 0
    try plan.words.forEach { word, count in
      if word.count < 2 {
        singleTotal += count
        return
      }
      learner.add(word, count: count, byteTokens)
      done += 1
      if done % 65536 == 0 {
        plan.progress(.reading(done: done, words: Int(plan.words.extent.longWordCount)))
      }
    }
    return singleTotal
  }
}
