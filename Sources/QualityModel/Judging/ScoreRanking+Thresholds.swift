/// What a threshold keeps: the documents that score above it.
package struct ThresholdEffect: Sendable, Equatable {
  package let threshold: Double
  package let keptCount: Int
  /// Good documents among the kept.
  package let truePositiveCount: Int
  package let documentCount: Int
  package let positiveCount: Int

  /// The share of all documents that is kept.
  package var keptShare: Double { Double(keptCount) / Double(documentCount) }
  /// The share of good documents among the kept; something is always kept.
  package var precision: Double { Double(truePositiveCount) / Double(keptCount) }
  /// The share of the good documents that is kept.
  package var recall: Double? {
    positiveCount == 0 ? nil : Double(truePositiveCount) / Double(positiveCount)
  }
  /// The harmonic mean of precision and recall.
  package var f1: Double { 2 * Double(truePositiveCount) / Double(keptCount + positiveCount) }
}

extension ScoreRanking {
  /// The threshold with the highest F1, of several the highest; nil without good texts.
  var bestF1: ThresholdEffect? {
    if positives.isEmpty { return nil }
    var best: (cut: ScoreCut, f1: Double)?
    for cut in self {
      let f1 = 2 * Double(cut.truePositiveCount) / Double(cut.keptCount + positives.count)
      if best.map({ f1 > $0.f1 }) ?? true { best = (cut, f1) }
    }
    return best.map { effect(of: $0.cut) }
  }

  /// For each percentage, what the highest threshold does that keeps at least so much of all documents.
  ///
  /// Documents with equal scores are kept or dropped together, so more may be kept than was asked for.
  func effects(keepingPercents percents: [Int]) -> [ThresholdEffect] {
    var effects: [ThresholdEffect] = []
    var wanted = percents[...]
    for cut in self {
      while let percent = wanted.first, cut.keptCount * 100 >= percent * count {
        effects.append(effect(of: cut))
        wanted.removeFirst()
      }
    }
    return effects
  }

  private func effect(of cut: ScoreCut) -> ThresholdEffect {
    ThresholdEffect(
      threshold: threshold(keeping: cut), keptCount: cut.keptCount,
      truePositiveCount: cut.truePositiveCount, documentCount: count,
      positiveCount: positives.count)
  }

  /// Halfway to the next lower score; where nothing is lower, halfway to 0, or -1 when that is no lower.
  private func threshold(keeping cut: ScoreCut) -> Double {
    let positive = positives.dropFirst(cut.truePositiveCount).first
    let negative = negatives.dropFirst(cut.falsePositiveCount).first
    guard let next = [positive, negative].compactMap({ $0 }).max() else {
      return cut.score > 0 ? cut.score / 2 : -1
    }
    let middle = next + (cut.score - next) / 2
    return middle < cut.score ? middle : next
  }
}
