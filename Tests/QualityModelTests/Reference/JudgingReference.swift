/// Figures of scored documents by their definitions, pair by pair and threshold by threshold.
struct JudgingReference {
  let scores: [Double]
  let labels: [Bool]

  private var thresholds: [Double] { Set(scores).sorted(by: >) }

  private func kept(atLeast score: Double) -> (count: Int, positives: Int) {
    let kept = scores.indices.filter { scores[$0] >= score }
    return (kept.count, kept.filter { labels[$0] }.count)
  }

  private var positiveCount: Int { labels.filter(\.self).count }

  /// The share of pairs of a good and a bad text in the right order, ties counting half.
  var auc: Double? {
    var (wins, pairs) = (0.0, 0.0)
    for good in scores.indices where labels[good] {
      for bad in scores.indices where !labels[bad] {
        pairs += 1
        wins += scores[good] > scores[bad] ? 1 : scores[good] == scores[bad] ? 0.5 : 0
      }
    }
    return pairs == 0 ? nil : wins / pairs
  }

  /// From the spread of each text's share of right orders with the texts of the other class.
  var aucStandardError: Double? {
    func shares(ofPositives isPositive: Bool) -> [Double] {
      scores.indices.filter { labels[$0] == isPositive }.map { one in
        let others = scores.indices.filter { labels[$0] != isPositive }
        let wins = others.map { other -> Double in
          if scores[one] == scores[other] { return 0.5 }
          return (scores[one] > scores[other]) == isPositive ? 1 : 0
        }
        return wins.reduce(0, +) / Double(others.count)
      }
    }
    let sides = [true, false].map { shares(ofPositives: $0) }
    if sides.contains(where: { $0.count < 2 }) || auc == 0 || auc == 1 { return nil }
    let variances = sides.map { values in
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
        / Double(values.count)
    }
    return (variances[0] + variances[1]).squareRoot()
  }

  /// The mean over good texts of the precision among all that score as high.
  var averagePrecision: Double? {
    let precisions = scores.indices.filter { labels[$0] }.map { index in
      let kept = kept(atLeast: scores[index])
      return Double(kept.positives) / Double(kept.count)
    }
    return precisions.isEmpty ? nil : precisions.reduce(0, +) / Double(precisions.count)
  }

  /// The highest F1 of any threshold.
  var bestF1: Double? {
    if positiveCount == 0 { return nil }
    return thresholds.map { threshold in
      let kept = kept(atLeast: threshold)
      return 2 * Double(kept.positives) / Double(kept.count + positiveCount)
    }.max()
  }

  /// How many documents the highest threshold keeps that keeps at least `percent` of them.
  func keptCount(percent: Int) -> Int? {
    thresholds.map { kept(atLeast: $0).count }.first { $0 * 100 >= percent * scores.count }
  }

  /// The mean over documents of how far the mean score of their tenth is from its share of good texts.
  var expectedCalibrationError: Double? {
    if scores.isEmpty { return nil }
    var sum = 0.0
    for tenth in 0..<10 {
      let (lower, upper) = (Double(tenth) / 10, Double(tenth + 1) / 10)
      let inside = scores.indices.filter {
        (scores[$0] > lower || (tenth == 0 && scores[$0] == 0)) && scores[$0] <= upper
      }
      if inside.isEmpty { continue }
      let gap = inside.reduce(0.0) { $0 + scores[$1] - (labels[$1] ? 1 : 0) }
      sum += abs(gap)
    }
    return sum / Double(scores.count)
  }
}
