internal import TextAnalysis

/// Trains byte-level BPE from files of counted pre-tokens.
///
/// Special tokens get the first ids, then the 256 bytes in the order of their scalars in
/// `ByteAlphabet`, then the merges. The vocabulary depends on the sums of the counts and on the
/// settings alone, and equals that of Hugging Face's BpeTrainer with `ByteLevel.alphabet()`.
package enum BPETrainer {
  /// How far the training has come.
  package enum Progress: Sendable, Equatable {
    case reading(done: Int, files: Int)
    case merging(done: Int, merges: Int)
  }

  /// Trains a vocabulary in about `memoryByteCount` bytes; refuses, with what would be right, when
  /// the distinct pre-tokens need more.
  ///
  /// Fewer tokens than asked for come out when no pair is left that occurs often enough.
  package static func train(
    countFiles: [String], settings: TokenizerSettings, memoryByteCount: Int,
    progress: (Progress) -> Void = { _ in }
  ) throws -> Vocabulary {
    try settings.validate()
    var builder = VocabularyBuilder(settings)
    let learner = MergeLearner(byteTokens: builder.byteTokens)
    try read(countFiles, settings.pattern, memoryByteCount, into: learner, progress)
    learner.start()
    let wanted = settings.vocabularySize - builder.size
    while builder.merges.count < wanted, let pair = learner.next() {
      if pair.count < Int64(settings.minimumFrequency) { break }
      guard let product = builder.merge(pair.left, pair.right) else {
        learner.refuse(pair.number)
        continue
      }
      learner.merge(pair.left, pair.right, pair.number, into: product)
      if builder.merges.count % 64 == 0 {
        try checkMemory(learner.memoryByteCount, memoryByteCount, countFiles)
        progress(.merging(done: builder.merges.count, merges: wanted))
      }
    }
    progress(.merging(done: builder.merges.count, merges: wanted))
    return builder.vocabulary()
  }

  private static func read(
    _ countFiles: [String], _ pattern: SplitPattern, _ memoryByteCount: Int,
    into learner: MergeLearner, _ progress: (Progress) -> Void
  ) throws {
    let table = WordTable()
    for (done, path) in countFiles.enumerated() {
      progress(.reading(done: done, files: countFiles.count))
      let reader = try CountFileReader(path: path)
      guard reader.pattern == pattern else {
        throw TokenizationError(
          path: path,
          message:
            "its words were split by \(reader.pattern.rawValue), but the vocabulary is to be "
            + "trained for \(pattern.rawValue)")
      }
      while try reader.next() {
        guard table.makeRoom(for: 1, within: memoryByteCount) else {
          throw tooLittleMemory(memoryByteCount, countFiles)
        }
        table.add(reader.word.span, count: reader.count)
      }
    }
    try table.drain { word, count in
      learner.add(word, count: count)
      // One look in a thousand words: each adds little.
      if learner.wordCount % 1024 == 0 {
        try checkMemory(
          table.memoryByteCount + learner.memoryByteCount, memoryByteCount, countFiles)
      }
    }
  }

  private static func checkMemory(_ taken: Int, _ memoryByteCount: Int, _ countFiles: [String])
    throws
  {
    if taken > memoryByteCount { throw tooLittleMemory(memoryByteCount, countFiles) }
  }

  private static func tooLittleMemory(_ byteCount: Int, _ countFiles: [String]) -> TokenizationError
  {
    TokenizationError(
      path: countFiles.first ?? "",
      message: "the distinct pre-tokens need more than the \(byteCount) bytes of memory allowed; "
        + "allow more, or train on fewer documents")
  }
}

/// A vocabulary while it is trained.
private struct VocabularyBuilder {
  private let settings: TokenizerSettings
  private var tokens: [[UInt8]]
  private(set) var merges: [Vocabulary.Merge] = []
  private let specialTexts: Set<[UInt8]>

  init(_ settings: TokenizerSettings) {
    self.settings = settings
    let specials = settings.specialTokens.map { Array($0.utf8) }
    specialTexts = Set(specials)
    tokens = specials + ByteAlphabet.order.map { [$0] }
  }

  var size: Int { tokens.count - merges.count }

  /// The id of each byte.
  var byteTokens: [UInt32] {
    var ids = [UInt32](repeating: 0, count: 256)
    for (place, byte) in ByteAlphabet.order.enumerated() {
      ids[Int(byte)] = UInt32(settings.specialTokens.count + place)
    }
    return ids
  }

  /// Adds a merge and returns its token; nil when the token would be too long, or would be spelled
  /// like a special token, which no text may become.
  mutating func merge(_ left: UInt32, _ right: UInt32) -> UInt32? {
    let bytes = tokens[Int(left)] + tokens[Int(right)]
    if let maximum = settings.maximumTokenByteCount, bytes.count > maximum { return nil }
    if specialTexts.contains(bytes) { return nil }
    let product = UInt32(tokens.count)
    tokens.append(bytes)
    merges.append(.init(left: left, right: right, product: product))
    return product
  }

  func vocabulary() -> Vocabulary {
    let specials = settings.specialTokens.enumerated().map {
      AddedToken(id: UInt32($0.offset), text: $0.element)
    }
    return Vocabulary(
      tokens: tokens, merges: merges, specialTokens: specials, pattern: settings.pattern)
  }
}
