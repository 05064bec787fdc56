internal import TextAnalysis

/// Makes a mixture of what all tasks have encoded.
package struct MixturePlan: Sendable {
  package let mixture: MixtureSettings
  package let order: OrderSettings
  package let rule: OrderRule
  /// Shards of the largest part.
  package let shardCount: Int

  package init(
    _ mixture: MixtureSettings, _ order: OrderSettings, seed: UInt64, shardCount: Int
  ) {
    self.mixture = mixture
    self.order = order
    self.shardCount = max(1, shardCount)
    rule = OrderRule(order, seed: seed)
  }

  /// `totals` and `prefixes` are those of all encoded shards, in order; takes at most about
  /// `memoryByteCount` beside the totals.
  package func make(
    _ totals: [EncodedTotals], prefixes: [String], memoryByteCount: Int
  ) throws -> Mixture {
    let sums = sums(totals)
    if !order.by.isEmpty, order.by != OrderSettings.length,
      sums.contains(where: { $0.contains { $0.documents > 0 } }),
      totals.allSatisfy({ $0.rankedDocuments == 0 })
    {
      throw MixtureError(
        description:
          "order-by: no document has a number '\(order.by)': no step gives it, and it is "
          + "not in their metadata; name another")
    }
    var result = Mixture(
      sources: zip(mixture.sources, sums[0]).map { name, sum in
        Mixture.Source(name: name, documents: sum.documents, tokens: sum.tokens, epochs: 1)
      }, parts: [])
    try setEpochs(of: &result, sums[0], prefixes, memoryByteCount)
    result.parts = parts(result, sums, totals)
    return result
  }

  /// By part, then by source, over all tasks.
  private func sums(_ totals: [EncodedTotals]) -> [[EncodedTotals.Sum]] {
    var sums = EncodedTotals(sourceCount: mixture.sources.count, sampleLimit: 2).sums
    for total in totals {
      for (part, sources) in total.sums.enumerated() {
        for (source, sum) in sources.enumerated() { sums[part][source] += sum }
      }
    }
    return sums
  }

  private func setEpochs(
    of result: inout Mixture, _ sums: [EncodedTotals.Sum], _ prefixes: [String],
    _ memoryByteCount: Int
  ) throws {
    let targets = try targets(sums.map(\.tokens))
    var choices: [EpochChoice] = []
    for (number, target) in targets.enumerated() {
      let tokens = sums[number].tokens
      result.sources[number].epochs = tokens == 0 ? 1 : target / tokens
      let rest = tokens == 0 ? 0 : target % tokens
      if rest > 0 { choices.append(EpochChoice(source: number, tokens: rest)) }
    }
    try EpochChoice.choose(
      &choices, prefixes: prefixes, rule: rule, memoryByteCount: memoryByteCount)
    for choice in choices {
      result.sources[choice.source].choiceLimit = choice.limit
    }
    for number in result.sources.indices {
      let chosen = choices.first { $0.source == number }?.chosen ?? EncodedTotals.Sum()
      result.sources[number].account(sums[number], chosen)
    }
  }

  /// The training tokens that each source shall have, from those that it has.
  private func targets(_ tokens: [Int]) throws -> [Int] {
    let names = mixture.sources
    let epochs = try SourceNumbers(mixture.epochs, setting: "epochs")
    let budgets = try SourceNumbers(mixture.sourceTokenBudgets, setting: "source-token-budgets")
    let weights = try SourceNumbers(mixture.weights, setting: "weights")
    let wanted = names.map { name in
      [epochs[name], budgets[name], weights[name]].contains { ($0 ?? 0) > 0 }
    }
    for (number, name) in names.enumerated() where wanted[number] && tokens[number] == 0 {
      throw MixtureError(
        description: "no training document is of the source '\(name)', which the settings name"
          + (name == MixtureSettings.rest ? " for all others" : "")
          + "; name the sources as the documents do (source-field: \(mixture.sourceField))")
    }
    var base = names.indices.map { number in
      budgets[names[number]] ?? Double(tokens[number]) * (epochs[names[number]] ?? 1)
    }
    if !weights.names.isEmpty {
      let shares = names.map { weights[$0] ?? 0 }
      let sum = shares.reduce(0, +)
      let all =
        mixture.tokenBudget > 0
        ? Double(mixture.tokenBudget)
        : names.indices.filter { shares[$0] > 0 }.map { base[$0] * sum / shares[$0] }.min() ?? 0
      base = shares.map { all * $0 / sum }
    } else if mixture.tokenBudget > 0 {
      let sum = base.reduce(0, +)
      if sum > 0 { base = base.map { $0 * Double(mixture.tokenBudget) / sum } }
    }
    return zip(base, tokens).map { target, tokens in
      // Whole epochs are whole but for the rounding of a quotient.
      let epochs = tokens == 0 ? 0 : target / Double(tokens)
      let isWhole = (epochs - epochs.rounded()).magnitude < 1e-9
      return isWhole ? Int(epochs.rounded()) * tokens : Int(target)
    }
  }

  private func parts(
    _ mixture: Mixture, _ sums: [[EncodedTotals.Sum]], _ totals: [EncodedTotals]
  ) -> [Mixture.Part] {
    var counts = sums.map { $0.reduce(0) { $0 + $1.tokens } }
    counts[0] = mixture.sources.reduce(0) { $0 + $1.packedTokens }
    let largest = counts.max() ?? 0
    return SplitPart.allCases.enumerated().map { number, part in
      // As many shards as make them about as large as those of the largest part.
      let share = largest == 0 ? 0 : Double(counts[number]) / Double(largest)
      let shards = max(1, min(shardCount, Int((share * Double(shardCount)).rounded(.up))))
      let documents = sums[number].reduce(0) { $0 + $1.documents }
      let tokens = sums[number].reduce(0) { $0 + $1.tokens }
      let epochs = tokens == 0 ? 0 : Double(counts[number]) / Double(tokens)
      let quantiles = OrderQuantiles(rule: rule, mixture: part == .train ? mixture : nil)
      return Mixture.Part(
        name: part.rawValue, tokens: counts[number],
        boundaries: quantiles.boundaries(
          totals.map { $0.samples[number] }, copyCount: Int(Double(documents) * epochs),
          shardCount: shards))
    }
  }
}

extension Mixture.Source {
  /// Counts what is packed, when `chosen` documents are packed once more than `epochs` times.
  fileprivate mutating func account(_ all: EncodedTotals.Sum, _ chosen: EncodedTotals.Sum) {
    packedTokens = epochs * all.tokens + chosen.tokens
    if epochs == 0 {
      unused.documents = all.documents - chosen.documents
      unused.tokens = all.tokens - chosen.tokens
      unused.boundaryTokens = all.boundaryTokens - chosen.boundaryTokens
      unused.textBytes = all.textBytes - chosen.textBytes
    } else {
      repeatedTokens = packedTokens - all.tokens
    }
  }
}
