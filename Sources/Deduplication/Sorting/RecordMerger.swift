/// Merges sorted streams into one, by a tree of losers.
///
/// Records that are equal in the compared bits come in the order of their streams.
final class RecordMerger {
  private struct Head {
    var high: UInt64
    var low: UInt64
    /// The stream's number; past all streams once it has ended.
    var order: Int

    static func < (left: Head, right: Head) -> Bool {
      if left.high != right.high { return left.high < right.high }
      return left.low != right.low ? left.low < right.low : left.order < right.order
    }
  }

  private let streams: [RecordStream]
  /// The bits of `low` that count; the others ride along.
  private let lowMask: UInt64
  private var heads: [Head] = []
  private var records: [SortRecord]
  /// Node 0 is the winner, the others the losers of the matches below them; leaf i is node size + i.
  private var tree: [Int]
  private let size: Int

  init(_ streams: [RecordStream], lowMask: UInt64 = .max) throws(DeduplicationError) {
    self.streams = streams
    self.lowMask = lowMask
    var size = 1
    while size < streams.count { size *= 2 }
    self.size = size
    records = Array(repeating: SortRecord(high: 0, low: 0), count: size)
    tree = Array(repeating: 0, count: size)
    heads = (0..<size).map { Head(high: .max, low: .max, order: size + $0) }
    for stream in streams.indices { try pull(stream) }
    var winners = Array(repeating: 0, count: 2 * size)
    for leaf in 0..<size { winners[size + leaf] = leaf }
    for node in stride(from: size - 1, through: 1, by: -1) {
      let (left, right) = (winners[2 * node], winners[2 * node + 1])
      let leftWins = heads[left] < heads[right]
      winners[node] = leftWins ? left : right
      tree[node] = leftWins ? right : left
    }
    tree[0] = winners[1]
  }

  /// The next record and the number of its stream; nil when all streams have ended and are sound.
  func next() throws(DeduplicationError) -> (record: SortRecord, stream: Int)? {
    let leaf = tree[0]
    guard heads[leaf].order < size else { return nil }
    let record = records[leaf]
    try pull(leaf)
    replay(leaf)
    return (record, leaf)
  }

  private func pull(_ stream: Int) throws(DeduplicationError) {
    if let record = try streams[stream].next() {
      records[stream] = record
      heads[stream] = Head(high: record.high, low: record.low & lowMask, order: stream)
    } else {
      heads[stream] = Head(high: .max, low: .max, order: size + stream)
    }
  }

  private func replay(_ leaf: Int) {
    var winner = leaf
    var node = (size &+ leaf) &>> 1
    while node > 0 {
      if heads[tree[node]] < heads[winner] { swap(&tree[node], &winner) }
      node &>>= 1
    }
    tree[0] = winner
  }
}
