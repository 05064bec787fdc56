/// The stages that lead from the text to the features of a regression.
struct SparkChain {
  private let tokenizer: SparkStage
  private let stopWords: SparkStage?
  private let neighbours: SparkStage?
  private let hashing: SparkStage
  private let frequencies: SparkStage?

  /// Walks from the regression's column back to the text, whatever order the stages have.
  init(
    _ stages: [SparkStage], from column: String, _ root: SparkStage
  ) throws(QualityModelError) {
    var walk = Walk(stages: stages, root: root, column: column)
    frequencies = try walk.take(["IDFModel"])
    guard let hashing = try walk.take(["HashingTF"]) else { throw try walk.refusal("HashingTF") }
    self.hashing = hashing
    neighbours = try walk.take(["NGram"])
    stopWords = try walk.take(["StopWordsRemover"])
    guard let tokenizer = try walk.take(["Tokenizer", "RegexTokenizer"]) else {
      throw try walk.refusal("Tokenizer or RegexTokenizer")
    }
    self.tokenizer = tokenizer
  }

  private struct Walk {
    let stages: [SparkStage]
    let root: SparkStage
    var column: String

    /// The stage that makes the column at hand, when it is of one of these kinds; goes on to what it reads.
    mutating func take(_ kinds: [String]) throws(QualityModelError) -> SparkStage? {
      guard let (stage, input) = try producer(), kinds.contains(stage.kind) else { return nil }
      column = input
      return stage
    }

    func refusal(_ kind: String) throws(QualityModelError) -> QualityModelError {
      guard let (stage, _) = try producer() else {
        return root.failure("has no stage that makes the column '\(column)'; \(kind) belongs there")
      }
      return stage.failure(
        "is a \(stage.kind) that makes the column '\(column)', where \(kind) belongs; the order is "
          + "Tokenizer, StopWordsRemover, NGram, HashingTF, IDFModel")
    }

    private func producer() throws(QualityModelError) -> (SparkStage, input: String)? {
      var found: (SparkStage, String)?
      for stage in stages where stage.kind != "LogisticRegressionModel" {
        guard let input = try stage.input(of: column) else { continue }
        if found != nil { throw stage.failure("makes the column '\(column)' a second time") }
        found = (stage, input)
      }
      return found
    }
  }

  func features() throws(QualityModelError) -> FeatureSettings {
    let featureCount = try hashing.integer(
      "numFeatures", default: 1 << 18, in: FeatureSettings.featureCounts)
    let terms = SparkTerms(
      tokenizer: try tokenization(), stopWords: try stopWordSettings(),
      wordCount: try neighbours?.integer("n", default: 2, in: 1...Int(Int32.max)) ?? 1,
      hash: hashing.majorVersion < 3 ? .legacy : .murmur3)
    return FeatureSettings(
      terms: .spark(terms), featureCount: featureCount,
      termWeight: try hashing.boolean("binary", default: false) ? .binary : .count,
      normalization: .none)
  }

  private func tokenization() throws(QualityModelError) -> SparkTokenizer {
    if tokenizer.kind == "Tokenizer" { return .whitespace }
    let source = try tokenizer.string("pattern") ?? "\\s+"
    let pattern: JavaPattern
    do throws(JavaPatternError) {
      pattern = try JavaPattern(source)
    } catch {
      throw tokenizer.failure("has a pattern that cannot be done here: \(error.description)")
    }
    return SparkTokenizer(
      pattern: pattern, matchesGaps: try tokenizer.boolean("gaps", default: true),
      minimumLength: try tokenizer.integer(
        "minTokenLength", default: 1, in: 0...Int(Int32.max)),
      makesLowercase: try tokenizer.boolean("toLowercase", default: true))
  }

  private func stopWordSettings() throws(QualityModelError) -> SparkStopWords? {
    guard let stage = stopWords else { return nil }
    guard let words = try stage.strings("stopWords") else {
      throw stage.failure("does not list its stopWords; save the model with Spark 2.4 or later")
    }
    let settings = SparkStopWords(
      words: words, isCaseSensitive: try stage.boolean("caseSensitive", default: false),
      locale: try stage.string("locale") ?? "en_US")
    guard SparkStopWordFilter.canCompare(settings) else {
      throw stage.failure("compares in the lower case of Lithuanian, which cannot be done here")
    }
    return settings
  }

  /// One a feature; empty when there is no IDFModel.
  func inverseDocumentFrequencies(_ featureCount: Int) throws(QualityModelError) -> [Double] {
    guard let stage = frequencies else { return [] }
    let data = try SparkModelData(stage)
    let numbers = try data.vector("idf", size: featureCount)
    guard numbers.allSatisfy(\.isFinite) else {
      throw data.failure("has an inverse document frequency that is not a finite number")
    }
    return numbers
  }
}
