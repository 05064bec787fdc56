internal import TextAnalysis

/// Turns texts into features; a value shared by all workers, each with a scratch of its own.
struct FeatureExtractor: Sendable {
  /// How the terms are found: in one pass that hashes as it goes, or one by one.
  private enum Way: Sendable {
    case wordPass(maximumWordCount: Int)
    case sparkPass
    case words
    case spark
  }

  let settings: FeatureSettings
  private let way: Way
  private let words: WordTermScanner
  private let spark: SparkTermScanner
  private let wordHash: WordHash
  private let table = CharacterTable.shared

  init(_ settings: FeatureSettings) {
    self.settings = settings
    switch settings.terms {
    case .words(let terms):
      way =
        terms.hash == .fast && terms.characterCounts == nil
        ? .wordPass(maximumWordCount: terms.maximumWordCount) : .words
      (words, wordHash) = (WordTermScanner(terms), terms.hash)
      spark = SparkTermScanner(SparkTerms())
    case .spark(let terms):
      way = terms == SparkTerms() ? .sparkPass : .spark
      (words, wordHash) = (WordTermScanner(WordTerms()), .fast)
      spark = SparkTermScanner(terms)
    }
  }

  func makeScratch() -> FeatureScratch {
    FeatureScratch(
      features: FeatureSet(
        featureCount: settings.featureCount, keepsCounts: settings.termWeight == .count),
      terms: TermScratch(expression: spark.makeExpression()))
  }

  /// Puts the features of a text into an emptied scratch.
  func extract(_ text: Span<UInt8>, into scratch: inout FeatureScratch) {
    switch way {
    case .wordPass(let maximumWordCount):
      WordScanner.scan(
        text, table.entries.span, maximumWordCount: maximumWordCount, into: &scratch.features)
    case .sparkPass:
      SparkScanner.scan(text, table, lowered: &scratch.terms.lowered, into: &scratch.features)
    case .words, .spark:
      scratch.features.fill { sink in
        forEachTerm(text, &scratch.terms) { _, feature in sink.add(feature: feature, times: 1) }
      }
    }
  }

  /// Calls `body` with each term of a text, as often as it occurs, and the feature it is hashed to.
  func forEachTerm(
    _ text: Span<UInt8>, _ scratch: inout TermScratch,
    _ body: (_ term: Span<UInt8>, _ feature: Int) -> Void
  ) {
    let featureCount = settings.featureCount
    switch way {
    case .wordPass, .words:
      words.scan(text, &scratch) { term, hash in
        body(
          term,
          wordHash == .fast
            ? FeatureSink.feature(hash: hash, featureCount: UInt64(featureCount))
            : Int(hash % UInt64(featureCount)))
      }
    case .sparkPass, .spark:
      spark.scan(text, &scratch) { term, hash in
        body(term, HashingTF.index(hash: hash, featureCount: featureCount))
      }
    }
  }

  /// What a text's values are divided by, from the sum of its squared counts.
  ///
  /// Inverse document frequencies come after it, so that rows need not be packed again when they change.
  func divisor(sumOfSquares: Double) -> Double {
    switch settings.normalization {
    case .none: 1
    case .euclidean: sumOfSquares == 0 ? 1 : sumOfSquares.squareRoot()
    }
  }
}

/// What one worker needs to extract features without allocating.
struct FeatureScratch: Sendable {
  var features: FeatureSet
  var terms = TermScratch()
}
