/// Which of several sorted streams has the least record, found anew in log2 comparisons.
struct LoserTree {
  private struct Head {
    var high: UInt64
    var low: UInt64
    /// The stream's number; past all streams once it has ended.
    var order: Int

    @inline(__always)
    static func < (left: Head, right: Head) -> Bool {
      if left.high != right.high { return left.high < right.high }
      return left.low != right.low ? left.low < right.low : left.order < right.order
    }
  }

  private let lowMask: UInt64
  private let size: Int
  private var heads: [Head] = []
  /// Node 0 is the winner, the others the losers of the matches below them; leaf i is node size + i.
  private var nodes: [Int]

  /// Takes the first record of each stream, nil for an empty one.
  init(first: [SortRecord?], lowMask: UInt64) {
    self.lowMask = lowMask
    var size = 1
    while size < first.count { size *= 2 }
    self.size = size
    nodes = Array(repeating: 0, count: size)
    for leaf in 0..<size {
      heads.append(Head(high: .max, low: .max, order: size + leaf))
      if leaf < first.count, let record = first[leaf] { set(leaf, record) }
    }
    var winners = Array(repeating: 0, count: 2 * size)
    for leaf in 0..<size { winners[size + leaf] = leaf }
    for node in stride(from: size - 1, through: 1, by: -1) {
      let (left, right) = (winners[2 * node], winners[2 * node + 1])
      let leftWins = heads[left] < heads[right]
      winners[node] = leftWins ? left : right
      nodes[node] = leftWins ? right : left
    }
    nodes[0] = winners[1]
  }

  /// The stream with the least record; nil when all have ended.
  var winner: Int? { heads[nodes[0]].order < size ? nodes[0] : nil }

  /// Goes on with the winner's next record, or without it.
  mutating func replaceWinner(with record: SortRecord?) {
    var winner = nodes[0]
    var node = (size &+ winner) &>> 1
    if let record {
      set(winner, record)
    } else {
      heads[winner] = Head(high: .max, low: .max, order: size + winner)
    }
    var head = heads[winner]
    while node > 0 {
      let loser = nodes[node]
      if heads[loser] < head {
        nodes[node] = winner
        winner = loser
        head = heads[loser]
      }
      node &>>= 1
    }
    nodes[0] = winner
  }

  @inline(__always)
  private mutating func set(_ leaf: Int, _ record: SortRecord) {
    heads[leaf] = Head(high: record.high, low: record.low & lowMask, order: leaf)
  }
}
