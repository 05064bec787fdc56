/// Why a text has its score: what each of its terms adds to the margin.
///
/// A hashed model does not know its terms; they are found in the text itself. Terms of the text that share a
/// feature share its weight and stand together.
package struct ScoreExplanation: Sendable, Equatable {
  /// One feature of the text.
  package struct Term: Sendable, Equatable {
    /// The terms that are hashed to the feature, in the order of the text, each once.
    package let texts: [String]
    /// How often they occur, all together.
    package let count: Int
    /// What the feature adds to the margin.
    package let contribution: Double
  }

  package let score: Double
  /// The log odds of the label; with more than two labels its margin.
  package let margin: Double
  /// What the margin is without terms.
  package let intercept: Double
  /// Those that move the margin most first; equal ones in the order of the text.
  package let terms: [Term]
  /// Different terms of the text.
  package let termCount: Int
}

extension LinearModel {
  /// Explains the margin of the label at a position by the `limit` features that move it most.
  func explain(_ text: Span<UInt8>, label: Int, score: Double, limit: Int) -> ScoreExplanation {
    var found: [Int: (texts: [String], count: Int, order: Int)] = [:]
    var scratch = makeScratch()
    extractor.forEachTerm(text, &scratch.terms) { term, feature in
      var entry = found[feature] ?? ([], 0, found.count)
      entry.count += 1
      let text = String(decoding: term.indices.map { term[$0] }, as: UTF8.self)
      if !entry.texts.contains(text) { entry.texts.append(text) }
      found[feature] = entry
    }
    let sumOfSquares = found.values.reduce(0.0) {
      $0 + value(count: $1.count) * value(count: $1.count)
    }
    let divisor = extractor.divisor(sumOfSquares: sumOfSquares)
    let terms = found.sorted { $0.value.order < $1.value.order }.map { feature, entry in
      let value = value(count: entry.count) * inverseDocumentFrequency(feature)
      return ScoreExplanation.Term(
        texts: entry.texts, count: entry.count,
        contribution: weight(feature, label: label) * value / divisor)
    }
    let ranked = terms.indices.sorted { left, right in
      let (a, b) = (abs(terms[left].contribution), abs(terms[right].contribution))
      return a != b ? a > b : left < right
    }
    return ScoreExplanation(
      score: score, margin: margins(text, &scratch)[label], intercept: intercept(label: label),
      terms: ranked.prefix(limit).map { terms[$0] }.filter { $0.contribution != 0 },
      termCount: found.values.reduce(0) { $0 + $1.texts.count })
  }

  /// What a feature that occurs so often counts for: a whole number.
  private func value(count: Int) -> Double { features.termWeight == .count ? Double(count) : 1 }

  private func inverseDocumentFrequency(_ feature: Int) -> Double {
    inverseDocumentFrequencies.isEmpty ? 1 : inverseDocumentFrequencies[feature]
  }

  private func weight(_ feature: Int, label: Int) -> Double {
    guard let place = position(ofFeature: feature) else { return 0 }
    if weights.rowCount == 1 {
      return label == 1 ? weights.weights[place] : -weights.weights[place]
    }
    return weights.weights[place * weights.rowCount + label]
  }

  private func intercept(label: Int) -> Double {
    if weights.rowCount == 1 { return label == 1 ? weights.intercepts[0] : -weights.intercepts[0] }
    return weights.intercepts[label]
  }

  /// Where a feature stands among those with a weight.
  private func position(ofFeature feature: Int) -> Int? {
    var (low, high) = (0, weights.features.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(weights.features[middle]) < feature { low = middle + 1 } else { high = middle }
    }
    return low < weights.features.count && Int(weights.features[low]) == feature ? low : nil
  }
}

extension QualityModel {
  /// Explains a score; nil for a fastText model, whose score is no sum over terms.
  package func explain(_ text: Span<UInt8>, limit: Int) -> ScoreExplanation? {
    guard case .linear(let model) = kind else { return nil }
    var scratch = makeScratch()
    let score = score(text, &scratch)
    return model.explain(text, label: scoredLabel, score: score, limit: limit)
  }
}
