/// Cuts the order of a part into shards of nearly equal tokens.
struct OrderQuantiles {
  let rule: OrderRule
  /// Nil for a part whose documents are packed once each.
  let mixture: Mixture?

  /// The least key of each shard but the first; `samples` are those of all tasks, in order.
  func boundaries(_ samples: [OrderSample], shardCount: Int) -> [OrderKey] {
    if shardCount == 1 { return [] }
    if rule.isUniform {
      return (1..<shardCount).map {
        // Hashes are spread evenly: equal shares of them hold equal shares of the documents.
        OrderKey(primary: share($0, of: shardCount), secondary: 0)
      }
    }
    if rule.keepsCopiesTogether {
      let sorted = sorted(samples)
      return quantiles(shardCount) { body in
        for sample in sorted { body(sample.key, sample.weight) }
      }
    }
    return quantiles(shardCount) { inTurn(samples, $0) }
  }

  private func share(_ number: Int, of count: Int) -> UInt64 {
    UInt64(count).dividingFullWidth((UInt64(number), 0)).quotient
  }

  /// How many times the documents of a source are packed, on average.
  private func repetitions(_ source: Int) -> Double {
    guard let source = mixture?.sources[source], source.tokens > 0 else { return 1 }
    return Double(source.packedTokens) / Double(source.tokens)
  }

  private func sorted(_ samples: [OrderSample]) -> [(key: OrderKey, weight: Double)] {
    var result: [(key: OrderKey, weight: Double)] = []
    forEach(samples) { position, entry, weight in
      let key = rule.key(position, copy: 0, rank: entry.rank)
      result.append((key, weight * repetitions(entry.source)))
    }
    return result.sorted { $0.key < $1.key }
  }

  /// All documents once, then those once more that are packed twice, and so on.
  private func inTurn(_ samples: [OrderSample], _ body: (OrderKey, Double) -> Void) {
    let most = mixture?.sources.indices.map(repetitions).max() ?? 1
    for copy in 0..<max(1, Int(most.rounded(.up))) {
      forEach(samples) { position, entry, weight in
        let share = min(1, max(0, repetitions(entry.source) - Double(copy)))
        if share > 0 { body(rule.key(position, copy: copy, rank: entry.rank), weight * share) }
      }
    }
  }

  private func forEach(
    _ samples: [OrderSample],
    _ body: (DocumentPosition, OrderSample.Entry, _ weight: Double) -> Void
  ) {
    for (task, sample) in samples.enumerated() {
      for entry in sample.entries {
        body(DocumentPosition(task: task, row: entry.row), entry, Double(sample.stride))
      }
    }
  }

  /// `read` gives keys in order, with their weights; it is called twice.
  private func quantiles(
    _ shardCount: Int, _ read: ((OrderKey, Double) -> Void) -> Void
  ) -> [OrderKey] {
    var all = 0.0
    read { all += $1 }
    var boundaries: [OrderKey] = []
    var sum = 0.0
    read { key, weight in
      while boundaries.count < shardCount - 1,
        sum >= all * Double(boundaries.count + 1) / Double(shardCount)
      { boundaries.append(key) }
      sum += weight
    }
    let last = OrderKey(primary: .max, secondary: .max)
    while boundaries.count < shardCount - 1 { boundaries.append(last) }
    return boundaries
  }
}
