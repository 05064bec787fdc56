/// Turns texts into features; a value shared by all workers, each with a scratch of its own.
struct FeatureExtractor: Sendable {
  let settings: FeatureSettings
  private let table = CharacterTable.shared

  init(_ settings: FeatureSettings) {
    self.settings = settings
  }

  func makeScratch() -> FeatureScratch {
    FeatureScratch(
      features: FeatureSet(
        featureCount: settings.featureCount, keepsCounts: settings.termWeight == .count))
  }

  /// Puts the features of a text into an emptied scratch.
  func extract(_ text: Span<UInt8>, into scratch: inout FeatureScratch) {
    switch settings.pipeline {
    case .words: WordScanner.scan(text, table.entries.span, into: &scratch.features)
    case .spark:
      SparkScanner.scan(text, table, lowered: &scratch.lowered, into: &scratch.features)
    }
  }

  /// What a text's values are divided by, from the sum of their squares.
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
  var lowered: [UInt8] = []
}
