/// A piece that occurs more than once, and where its first copy stands.
struct FrequentPiece: Comparable {
  let count: UInt64
  /// Shard times 2^32 and the number of the piece in the shard.
  let place: UInt64

  var record: SortRecord { SortRecord(high: count, low: place) }

  init(count: UInt64, place: UInt64) {
    self.count = count
    self.place = place
  }

  init(_ record: SortRecord) {
    self.init(count: record.high, place: record.low)
  }

  /// The most frequent first, ties in input order.
  static func < (left: FrequentPiece, right: FrequentPiece) -> Bool {
    left.count != right.count ? left.count > right.count : left.place < right.place
  }
}

/// The most frequent of any number of pieces, in constant memory.
struct FrequentPieces {
  static let limit = 1000

  private var pieces: [FrequentPiece] = []
  /// The last of the best once there are enough of them.
  private var last: FrequentPiece?

  mutating func add(_ piece: FrequentPiece) {
    if let last, last < piece { return }
    pieces.append(piece)
    guard pieces.count == 4 * Self.limit else { return }
    pieces = sorted()
    last = pieces.last
  }

  func sorted() -> [FrequentPiece] { Array(pieces.sorted().prefix(Self.limit)) }
}

/// The most frequent pieces of all shards, as the partitions' files name them.
package enum FrequentPieceList {
  /// The most frequent first, ties in input order.
  static func pieces(
    in repeatFiles: [String], settings: DeduplicationSettings
  ) throws(DeduplicationError) -> [FrequentPiece] {
    var best = FrequentPieces()
    for path in repeatFiles {
      let file = try MappedSegments(
        path: path, kind: .repeatedPieces, settingsDigest: settings.pieceDigest)
      let bytes = try file.withSegment(file.table.segments.count - 1) { RecordBytes.array($0) }
      for record in RecordBytes.records(of: bytes) { best.add(FrequentPiece(record)) }
    }
    return best.sorted()
  }

  /// For each of the pieces, the most frequent first, its shard and its position among those of the
  /// shard in the order in which `PieceCutter` meets them.
  package static func places(
    in repeatFiles: [String], settings: DeduplicationSettings
  ) throws(DeduplicationError) -> [(shard: Int, position: Int)] {
    let pieces = try pieces(in: repeatFiles, settings: settings)
    var places = Array(repeating: (shard: 0, position: 0), count: pieces.count)
    var met: [Int: Int] = [:]
    for index in pieces.indices.sorted(by: { pieces[$0].place < pieces[$1].place }) {
      let shard = Int(pieces[index].place >> 32)
      places[index] = (shard, met[shard, default: 0])
      met[shard, default: 0] += 1
    }
    return places
  }
}
