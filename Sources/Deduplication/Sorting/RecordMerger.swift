/// Merges sorted streams into one, by a tree of losers.
///
/// Records that are equal in the compared bits come in the order of their streams.
final class RecordMerger {
  /// A record and the number of the stream it came from.
  struct Merged {
    let record: SortRecord
    let stream: Int
  }

  private static let batchCount = 4096

  private let streams: [RecordStream]
  private var tree: LoserTree
  /// What has been read of each stream, and how far it has been merged.
  private var chunks: [[SortRecord]]
  private var places: [Int]

  /// The bits of `low` outside `lowMask` ride along without being compared.
  init(_ streams: [RecordStream], lowMask: UInt64 = .max) throws(DeduplicationError) {
    self.streams = streams
    chunks = []
    places = Array(repeating: 0, count: streams.count)
    for stream in streams { chunks.append(try stream.next()) }
    tree = LoserTree(first: chunks.map(\.first), lowMask: lowMask)
  }

  /// The next records; none when all streams have ended and are sound.
  func next() throws(DeduplicationError) -> [Merged] {
    var batch: [Merged] = []
    batch.reserveCapacity(Self.batchCount)
    // Worked on outside the object, where no access has to be checked.
    var (tree, chunks, places) = (self.tree, self.chunks, self.places)
    (self.tree, self.chunks, self.places) = (LoserTree(first: [], lowMask: 0), [], [])
    defer { (self.tree, self.chunks, self.places) = (tree, chunks, places) }
    while batch.count < Self.batchCount, let stream = tree.winner {
      let place = places[stream]
      batch.append(Merged(record: chunks[stream][place], stream: stream))
      if place &+ 1 < chunks[stream].count {
        places[stream] = place &+ 1
      } else {
        chunks[stream] = []
        chunks[stream] = try streams[stream].next()
        places[stream] = 0
      }
      let following = places[stream] < chunks[stream].count ? chunks[stream][places[stream]] : nil
      tree.replaceWinner(with: following)
    }
    return batch
  }
}
