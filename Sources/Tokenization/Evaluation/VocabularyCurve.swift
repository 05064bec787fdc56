/// How many tokens the same text would have with fewer merges, exactly, from one encoding.
///
/// Merges are applied in order of rank and never undone, so what the first merges alone make of a
/// text is found by taking the later ones apart again.
package struct VocabularyCurve: Sendable, Equatable {
  package struct Point: Sendable, Equatable {
    package let vocabularySize: Int
    package let tokenCount: Int
    /// Tokens that occur, but fewer times than `rareCount`.
    package let rareTokenCount: Int
  }

  /// A token seen less often is hardly learnt.
  package static let rareCount: UInt64 = 100
  /// A doubling of the vocabulary that saves a smaller share of the tokens is not worth its weights.
  package static let worthwhileShare = 0.05

  /// From the smallest vocabulary to the whole one; sizes are powers of two, and the last.
  package let points: [Point]

  /// Nil for a vocabulary that is not made of merges.
  init?(_ vocabulary: Vocabulary, uses: [UInt64]) {
    let merges = vocabulary.merges
    guard !merges.isEmpty else { return nil }
    // A token that several merges make is made by the first of them.
    var isFirst = [Bool](repeating: false, count: merges.count)
    var made = [Bool](repeating: false, count: vocabulary.size)
    for (rank, merge) in merges.enumerated() where !made[Int(merge.product)] {
      made[Int(merge.product)] = true
      isFirst[rank] = true
    }
    var counts = uses
    var tokenCount = Int(uses.reduce(0, +))
    var size = vocabulary.size
    var points: [Point] = []
    for rank in merges.indices.reversed() where isFirst[rank] {
      if points.isEmpty || size & (size - 1) == 0 {
        let rare = counts.count { $0 > 0 && $0 < Self.rareCount }
        points.append(
          Point(vocabularySize: size, tokenCount: tokenCount, rareTokenCount: rare))
      }
      size -= 1
      let merge = merges[rank]
      let count = counts[Int(merge.product)]
      counts[Int(merge.product)] = 0
      counts[Int(merge.left)] += count
      counts[Int(merge.right)] += count
      tokenCount += Int(count)
    }
    self.points = points.reversed()
  }

  /// The share of the tokens that the step to each point from the one before it saves.
  package var savedShares: [Double?] {
    points.indices.map { index in
      guard index > 0, points[index - 1].tokenCount > 0 else { return nil }
      return 1 - Double(points[index].tokenCount) / Double(points[index - 1].tokenCount)
    }
  }

  /// The smallest size beyond which every doubling saves too little; nil when the last doubling is
  /// worthwhile still, or there is none.
  package var advisedSize: Int? {
    let doublings = points.indices.dropFirst().filter {
      points[$0].vocabularySize == 2 * points[$0 - 1].vocabularySize
    }
    guard let first = doublings.first, points[first].tokenCount > 0 else { return nil }
    let worthwhile = doublings.last { (savedShares[$0] ?? 0) >= Self.worthwhileShare }
    if worthwhile == doublings.last { return nil }
    return points[worthwhile ?? first - 1].vocabularySize
  }
}
