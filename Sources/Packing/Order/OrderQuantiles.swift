/// Cuts the order of a part into shards of nearly equal tokens.
struct OrderQuantiles {
  let rule: OrderRule
  /// Nil for a part whose documents are packed once each.
  let mixture: Mixture?

  /// With so many copies a shard, the equal shares of a hash differ by less than samples would.
  private static let evenCopyCount = 1000

  /// The least key of each shard but the first; `samples` are those of all tasks, in order.
  ///
  /// Each is the key of a document, so no shard is empty: where there are too few, there are fewer
  /// shards.
  func boundaries(_ samples: [OrderSample], copyCount: Int, shardCount: Int) -> [OrderKey] {
    if shardCount == 1 { return [] }
    if rule.isUniform, copyCount >= Self.evenCopyCount * shardCount {
      return (1..<shardCount).map {
        OrderKey(primary: share($0, of: shardCount), secondary: 0)
      }
    }
    if rule.isUniform || rule.keepsCopiesTogether {
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

  private func sorted(_ samples: [OrderSample]) -> [(key: OrderKey, weight: Int)] {
    var result: [(key: OrderKey, weight: Int)] = []
    forEach(samples) { position, rank, copyCount, weight in
      if rule.keepsCopiesTogether {
        if copyCount > 0 {
          result.append((rule.key(position, copy: 0, rank: rank), weight * copyCount))
        }
        return
      }
      for copy in 0..<copyCount {
        result.append((rule.key(position, copy: copy, rank: rank), weight))
      }
    }
    return result.sorted { $0.key < $1.key }
  }

  /// All documents once, then those once more that are packed twice, and so on.
  private func inTurn(_ samples: [OrderSample], _ body: (OrderKey, Int) -> Void) {
    var rest: [(position: DocumentPosition, rank: UInt64, copyCount: Int, weight: Int)] = []
    forEach(samples) { rest.append(($0, $1, $2, $3)) }
    var copy = 0
    while !rest.isEmpty {
      rest.removeAll { $0.copyCount <= copy }
      for document in rest {
        body(rule.key(document.position, copy: copy, rank: document.rank), document.weight)
      }
      copy += 1
    }
  }

  /// Every document sampled, once, with the number of its copies and the tokens that it stands for.
  private func forEach(
    _ samples: [OrderSample],
    _ body: (DocumentPosition, _ rank: UInt64, _ copyCount: Int, _ weight: Int) -> Void
  ) {
    for (task, sample) in samples.enumerated() {
      var place = 0
      while place < sample.entries.count {
        let entry = sample.entries[place]
        let end = sample.entries[place...].firstIndex { $0.row != entry.row }
        let position = DocumentPosition(task: task, row: entry.row)
        body(
          position, entry.rank,
          mixture?.copyCount(source: entry.source, position, rule) ?? 1,
          sample.stride * ((end ?? sample.entries.count) - place))
        place = end ?? sample.entries.count
      }
    }
  }

  /// `read` gives keys in order, with their weights; it is called twice.
  private func quantiles(
    _ shardCount: Int, _ read: ((OrderKey, Int) -> Void) -> Void
  ) -> [OrderKey] {
    var all = 0
    read { all += $1 }
    var boundaries: [OrderKey] = []
    var (sum, passed) = (0, 0)
    read { key, weight in
      let quantile = Int(Double(sum) * Double(shardCount) / Double(max(1, all)))
      if quantile > passed {
        boundaries.append(key)
        passed = quantile
      }
      sum += weight
    }
    return boundaries
  }
}
