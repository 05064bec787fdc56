/// Trains a vocabulary from a file of counts.
///
/// What comes out depends on the counts and the settings alone.
package enum VocabularyTrainer {
  /// How far the training has come.
  package enum Progress: Sendable, Equatable {
    case reading(done: Int, words: Int)
    case merging(done: Int, merges: Int)
  }

  /// Trains in about `memoryByteCount` bytes; refuses, with what would do, when the distinct
  /// pre-tokens need more.
  ///
  /// Fewer tokens than asked for come out when no pair is left that occurs often enough.
  package static func train(
    countFile: String, settings: TokenizerSettings, memoryByteCount: Int,
    progress: @escaping (Progress) -> Void = { _ in }
  ) throws -> TrainedVocabulary {
    try settings.validate()
    let words = try CountedWords(path: countFile, split: settings.split)
    let plan = TrainingPlan(
      words: words, settings: settings, memoryByteCount: memoryByteCount, progress: progress)
    return switch settings.algorithm {
    case .bpe: try BPETrainer(plan).train()
    case .sentencePieceBPE: try SentencePieceTrainer(plan).train()
    }
  }
}

/// A vocabulary that was trained, and what it was learned from.
package struct TrainedVocabulary: Sendable {
  package let vocabulary: Vocabulary
  /// The same as SentencePiece has it; nil for byte-level BPE and where its file cannot say it.
  package let sentencePieceModel: SentencePieceModel?
  package let extent: CountExtent
  /// How many of a count make one occurrence.
  package let unit: UInt64
  /// Tokens that the training text becomes, in units; saturated.
  package let tokenTotal: UInt64
}

/// What every trainer needs.
struct TrainingPlan {
  let words: CountedWords
  let settings: TokenizerSettings
  let memoryByteCount: Int
  let progress: (VocabularyTrainer.Progress) -> Void

  /// The least count of a pair that is merged, in units of the counts.
  var minimumCount: Int {
    let (count, overflow) = max(1, settings.minimumFrequency).multipliedReportingOverflow(
      by: Int(clamping: words.header.unit))
    return overflow ? .max : count
  }

  /// True when 16 bits hold every token and every word's length.
  var isNarrow: Bool {
    settings.tokenCount <= Int(UInt16.max)
      && words.extent.longestByteCount <= UInt64(WordArena<UInt16>.maximumLength)
  }

  /// A learner with room for all words, a token a byte; refuses when that is too much.
  func learner<Unit: TokenUnit>(_ unit: Unit.Type) throws -> MergeLearner<Unit> {
    let wordCount = Int(clamping: words.extent.longWordCount)
    let tokenCount = Int(clamping: words.extent.longByteCount)
    guard wordCount < 1 << 31, tokenCount < 1 << 40 else { throw tooLittleMemory(1 << 42) }
    let needed = MergeLearner<Unit>.baseMemoryByteCount(
      wordCount: wordCount, tokenCount: tokenCount, idBound: settings.tokenCount)
    if needed > memoryByteCount { throw tooLittleMemory(needed) }
    return MergeLearner<Unit>(
      wordCount: wordCount, tokenCount: tokenCount, idBound: settings.tokenCount,
      minimumCount: minimumCount, memoryByteCount: memoryByteCount)
  }

  func tooLittleMemory(_ needed: Int) -> TokenizationError {
    // A little more than the tables: buffers, the vocabulary itself, the program.
    let right = (needed + needed / 8) >> 20 + 32
    return TokenizationError(
      path: words.path,
      message: "the \(words.extent.longWordCount) distinct pre-tokens need more than the "
        + "\(memoryByteCount) bytes of memory allowed; allow \(right)M, or train on a sample")
  }

  /// Merges until the vocabulary is full or no pair is left; `merge` gives the token of a pair and
  /// whether it is new, nil for one that may not be merged.
  func run<Unit: TokenUnit>(
    _ learner: inout MergeLearner<Unit>, wanted: Int,
    _ merge: (UInt32, UInt32) -> (product: UInt32, isNew: Bool)?
  ) throws {
    var made = 0
    do throws(MemoryShortage) {
      while made < wanted, let pair = try learner.next(wanted: wanted - made) {
        guard let (product, isNew) = merge(pair.left, pair.right) else {
          learner.refuse(pair)
          continue
        }
        learner.merge(pair, into: product, isNew: isNew)
        if isNew { made += 1 }
        if made % 64 == 0 { progress(.merging(done: made, merges: wanted)) }
      }
    } catch {
      throw tooLittleMemory(error.neededByteCount)
    }
    progress(.merging(done: made, merges: wanted))
  }
}
