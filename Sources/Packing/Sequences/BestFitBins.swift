/// Open sequences by the room they have left, so that the best one for a piece is found at once.
///
/// The best is the one with the least room that suffices; among equals the one whose room changed last.
struct BestFitBins {
  /// The room of each bin, in tokens.
  private(set) var rooms: [Int32] = []
  private let capacity: Int
  /// The rooms above zero that some bin has.
  private var occupied: CapacitySet
  /// For each room the bin that came to it last; -1 when there is none.
  private var heads: [Int32]
  /// For each bin the one that came to the same room before it.
  private var next: [Int32] = []

  init(capacity: Int) {
    self.capacity = capacity
    occupied = CapacitySet(maximum: capacity)
    heads = [Int32](repeating: -1, count: capacity + 1)
  }

  /// Puts a piece of at most `capacity` tokens into the best bin, or a new one, and says which.
  mutating func place(_ count: Int) -> Int {
    guard let room = occupied.first(from: count) else {
      rooms.append(0)
      next.append(-1)
      enter(rooms.count - 1, room: capacity - count)
      return rooms.count - 1
    }
    let bin = Int(heads[room])
    heads[room] = next[bin]
    if next[bin] < 0 { occupied.remove(room) }
    enter(bin, room: room - count)
    return bin
  }

  /// Forgets all bins and begins with some that have these rooms.
  mutating func restart(_ rooms: [Int32]) {
    for room in self.rooms where heads[Int(room)] >= 0 {
      heads[Int(room)] = -1
      occupied.remove(Int(room))
    }
    self.rooms = rooms
    next = [Int32](repeating: -1, count: rooms.count)
    for bin in rooms.indices { enter(bin, room: Int(rooms[bin])) }
  }

  private mutating func enter(_ bin: Int, room: Int) {
    rooms[bin] = Int32(room)
    if room == 0 { return }
    next[bin] = heads[room]
    if heads[room] < 0 { occupied.insert(room) }
    heads[room] = Int32(bin)
  }
}
