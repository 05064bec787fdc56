/// Best-fit decreasing as its name says, one look at every bin for every piece.
struct BestFitReference {
  /// Room left in each bin.
  var rooms: [Int]
  /// When each bin's room changed last.
  private var changes: [Int]
  private var clock: Int

  /// Begins with bins that are open already; of those the later ones changed later.
  init(rooms: [Int] = []) {
    self.rooms = rooms
    changes = Array(rooms.indices)
    clock = rooms.count
  }

  /// The bin of each piece: longest first, equal ones in order; the bin with the least room that suffices,
  /// among equals the one that changed last; else a new bin.
  mutating func place(_ counts: [Int], capacity: Int) -> [Int] {
    var bins = [Int](repeating: -1, count: counts.count)
    let order = counts.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
    for piece in order {
      let fitting = rooms.indices.filter { rooms[$0] >= counts[piece] }
      var bin = fitting.min { (rooms[$0], -changes[$0]) < (rooms[$1], -changes[$1]) }
      if bin == nil {
        bin = rooms.count
        rooms.append(capacity)
        changes.append(0)
      }
      if let bin {
        bins[piece] = bin
        rooms[bin] -= counts[piece]
        changes[bin] = clock
        clock += 1
      }
    }
    return bins
  }
}
