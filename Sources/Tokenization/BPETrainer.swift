internal import ByteKernels
internal import TextAnalysis

/// Trains byte-level BPE from files of counted pre-tokens.
///
/// Special tokens get the first ids, then the 256 bytes in the order of their scalars in
/// `ByteAlphabet`, then the merges. The vocabulary depends on the sums of the counts and on the
/// settings alone, and equals that of Hugging Face's BpeTrainer with `ByteLevel.alphabet()`.
package enum BPETrainer {
  /// How far the training has come.
  package enum Progress: Sendable, Equatable {
    case reading(done: Int, words: Int)
    case merging(done: Int, merges: Int)
  }

  /// Trains a vocabulary in about `memoryByteCount` bytes; refuses, with what would be right, when
  /// the distinct pre-tokens need more.
  ///
  /// Fewer tokens than asked for come out when no pair is left that occurs often enough.
  package static func train(
    countFiles: [String], settings: TokenizerSettings, memoryByteCount: Int,
    progress: @escaping (Progress) -> Void = { _ in }
  ) throws -> Vocabulary {
    try settings.validate()
    let words = try TrainingWords(
      countFiles, pattern: settings.pattern, memoryByteCount: memoryByteCount)
    let isNarrow =
      settings.vocabularySize <= Int(UInt16.max)
      && words.extent.longestByteCount <= WordArena<UInt16>.maximumLength
    let plan = Plan(
      words: words, settings: settings, memoryByteCount: memoryByteCount,
      path: countFiles.first ?? "", progress: progress)
    return isNarrow ? try plan.train(UInt16.self) : try plan.train(UInt32.self)
  }
}

/// One training.
private struct Plan {
  let words: TrainingWords
  let settings: TokenizerSettings
  let memoryByteCount: Int
  let path: String
  let progress: (BPETrainer.Progress) -> Void

  func train<Unit: TokenUnit>(_ unit: Unit.Type) throws -> Vocabulary {
    var builder = VocabularyBuilder(settings)
    var learner = try learner(unit, byteTokens: builder.byteTokens)
    let wanted = settings.vocabularySize - builder.size
    do throws(MemoryShortage) {
      while builder.tokenCount < settings.vocabularySize, let pair = try learner.next() {
        switch builder.merge(pair.left, pair.right) {
        case nil: learner.refuse(pair)
        case (let product, let isNew)?: learner.merge(pair, into: product, isNew: isNew)
        }
        if builder.merges.count % 64 == 0 {
          progress(.merging(done: builder.merges.count, merges: wanted))
        }
      }
    } catch {
      throw tooLittleMemory(error.neededByteCount)
    }
    progress(.merging(done: builder.merges.count, merges: wanted))
    return builder.vocabulary()
  }

  private func learner<Unit: TokenUnit>(
    _ unit: Unit.Type, byteTokens: [UInt32]
  ) throws -> MergeLearner<Unit> {
    let extent = words.extent
    let needed = MergeLearner<Unit>.baseMemoryByteCount(
      wordCount: extent.wordCount, tokenCount: extent.byteCount, idBound: settings.vocabularySize)
    if needed > memoryByteCount { throw tooLittleMemory(needed) }
    var learner = MergeLearner<Unit>(
      wordCount: extent.wordCount, tokenCount: extent.byteCount, idBound: settings.vocabularySize,
      minimumCount: settings.minimumFrequency, memoryByteCount: memoryByteCount)
    var done = 0
    try words.forEach(settings.pattern) { word, count in
      if word.count < 2 { return }
      learner.add(word, count: count, byteTokens)
      done += 1
      if done % 65536 == 0 { progress(.reading(done: done, words: extent.wordCount)) }
    }
    return learner
  }

  private func tooLittleMemory(_ needed: Int) -> TokenizationError {
    // A little more than the tables: buffers, the vocabulary itself, the program.
    let right = (needed + needed / 8) >> 20 + 32
    return TokenizationError(
      path: path,
      message: "the \(words.extent.wordCount) distinct pre-tokens need more than the "
        + "\(memoryByteCount) bytes of memory allowed; allow \(right)M, or train on fewer documents")
  }
}

/// A vocabulary while it is trained.
private struct VocabularyBuilder {
  private let settings: TokenizerSettings
  private var tokens: [[UInt8]]
  private(set) var merges: [Vocabulary.Merge] = []
  private let specialTexts: Set<[UInt8]>
  /// The id of every token but the special ones.
  private var ids: [[UInt8]: UInt32] = [:]

  init(_ settings: TokenizerSettings) {
    self.settings = settings
    let specials = settings.specialTokens.map { Array($0.utf8) }
    specialTexts = Set(specials)
    tokens = specials + ByteAlphabet.order.map { [$0] }
    for (id, token) in tokens.enumerated().dropFirst(specials.count) { ids[token] = UInt32(id) }
  }

  /// Tokens before any merge.
  var size: Int { 256 + specialTexts.count }

  var tokenCount: Int { tokens.count }

  /// The id of each byte.
  var byteTokens: [UInt32] {
    var ids = [UInt32](repeating: 0, count: 256)
    for (place, byte) in ByteAlphabet.order.enumerated() {
      ids[Int(byte)] = UInt32(settings.specialTokens.count + place)
    }
    return ids
  }

  /// Adds a merge and returns its token, which is new unless other merges have led to the same bytes;
  /// nil when the token would be too long, or would be spelled like a special token, which no text
  /// may become.
  mutating func merge(_ left: UInt32, _ right: UInt32) -> (product: UInt32, isNew: Bool)? {
    let bytes = tokens[Int(left)] + tokens[Int(right)]
    if let maximum = settings.maximumTokenByteCount, bytes.count > maximum { return nil }
    if specialTexts.contains(bytes) { return nil }
    if let known = ids[bytes] {
      let merge = Vocabulary.Merge(left: left, right: right, product: known)
      // A pair merged before comes again only where its tokens were made again, by another way.
      if !merges.contains(merge) { merges.append(merge) }
      return (known, false)
    }
    let product = UInt32(tokens.count)
    tokens.append(bytes)
    ids[bytes] = product
    merges.append(.init(left: left, right: right, product: product))
    return (product, true)
  }

  func vocabulary() -> Vocabulary {
    let specials = settings.specialTokens.enumerated().map {
      AddedToken(id: UInt32($0.offset), text: $0.element)
    }
    return Vocabulary(
      tokens: tokens, merges: merges, specialTokens: specials, pattern: settings.pattern)
  }
}
