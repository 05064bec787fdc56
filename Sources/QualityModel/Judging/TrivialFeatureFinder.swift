/// Looks for features that tell good texts from bad ones though they say nothing of quality.
///
/// Texts come one by one, in any order. Takes about 8 MB however many they are.
package struct TrivialFeatureFinder: Sendable {
  /// A feature that does so well alone is reported.
  package static let sufficientAUC = 0.95
  /// And so is one that comes so near the model, if it does much better than chance.
  package static let modelMargin = 0.01
  private static let nearlyChance = 0.6
  /// Texts of each class below which nothing is said.
  package static let minimumCount = 20
  private static let maximumLanguageCount = 256
  private static let reportedTokenCount = 5

  private var tallies = [ValueTally](
    repeating: ValueTally(), count: TrivialMeasure.allCases.count)
  private var tokens = TokenPresence()
  private var languages: [String: (positives: Int, negatives: Int)] = [:]
  private var positiveCount = 0
  private var negativeCount = 0

  package init() {}

  /// Adds a text, UTF-8, and its language if that is known.
  package mutating func add(_ text: Span<UInt8>, isPositive: Bool, language: String? = nil) {
    let measures = TextMeasures(text)
    for (index, measure) in TrivialMeasure.allCases.enumerated() {
      tallies[index].add(measures[measure], isPositive: isPositive)
    }
    tokens.add(text, isPositive: isPositive)
    positiveCount += isPositive ? 1 : 0
    negativeCount += isPositive ? 0 : 1
    var name = language ?? ""
    if languages[name] == nil, languages.count >= Self.maximumLanguageCount { name = "" }
    languages[name, default: (0, 0)].positives += isPositive ? 1 : 0
    languages[name, default: (0, 0)].negatives += isPositive ? 0 : 1
  }

  /// The features to warn of, the strongest first.
  ///
  /// Those with an AUC of 0.95 alone, or within 0.01 of the model's where that is given; of tokens the five
  /// strongest. What may be chance is left out: an AUC within five standard deviations of 0.5.
  package func finish(modelAUC: Double? = nil) -> [TrivialFeature] {
    if min(positiveCount, negativeCount) < Self.minimumCount { return [] }
    let limit = self.limit(modelAUC)
    let found = (measures + languageFeatures).filter { $0.auc >= limit }
    let foundTokens = tokenFeatures.filter { $0.auc >= limit }.sorted(by: Self.isStronger)
    let chosen = found + foundTokens.prefix(Self.reportedTokenCount)
    return chosen.sorted(by: Self.isStronger).map {
      TrivialFeature(kind: $0.kind, auc: $0.auc, modelAUC: modelAUC)
    }
  }

  private func limit(_ modelAUC: Double?) -> Double {
    let (positives, negatives) = (Double(positiveCount), Double(negativeCount))
    // Of the rank statistic without any difference (Mann and Whitney 1947).
    let deviation = ((positives + negatives + 1) / (12 * positives * negatives)).squareRoot()
    let nearModel = modelAUC.map { max($0 - Self.modelMargin, Self.nearlyChance) } ?? 1
    return max(min(Self.sufficientAUC, nearModel), 0.5 + 5 * deviation)
  }

  private static func isStronger(_ left: TrivialFeature, _ right: TrivialFeature) -> Bool {
    (right.auc, left.name) < (left.auc, right.name)
  }

  private var measures: [TrivialFeature] {
    zip(TrivialMeasure.allCases, tallies).compactMap { measure, tally in
      guard let auc = tally.auc, let good = tally.median(isPositive: true),
        let bad = tally.median(isPositive: false)
      else { return nil }
      return TrivialFeature(
        kind: .measure(measure, goodMedian: good, badMedian: bad), auc: max(auc, 1 - auc),
        modelAUC: nil)
    }
  }

  private var tokenFeatures: [TrivialFeature] {
    tokens.frequentTokens.map { token in
      let good = Double(token.positiveCount) / Double(positiveCount)
      let bad = Double(token.negativeCount) / Double(negativeCount)
      // A text with the token is above one without it, and ties count half.
      return TrivialFeature(
        kind: .token(token.text, goodShare: good, badShare: bad),
        auc: 0.5 + (good - bad).magnitude / 2, modelAUC: nil)
    }
  }

  private var languageFeatures: [TrivialFeature] {
    if languages.count < 2 { return [] }
    let ranked = languages.values.sorted {
      // By the share of good texts, without rounding. The order of equal shares does not matter: what one
      // order wins by it, the two halves of a tie give.
      $0.positives * $1.negatives < $1.positives * $0.negatives
    }
    var (doubledWins, negativesBelow) = (0, 0)
    for counts in ranked {
      doubledWins += counts.positives * (2 * negativesBelow + counts.negatives)
      negativesBelow += counts.negatives
    }
    let auc = Double(doubledWins) / (2 * Double(positiveCount) * Double(negativeCount))
    return [TrivialFeature(kind: .language, auc: auc, modelAUC: nil)]
  }
}
