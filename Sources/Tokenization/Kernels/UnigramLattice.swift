/// The best ways to the places of a text, as far as they are still open.
///
/// Where all ways meet, the tokens before are final and are handed over, so only what lies between two
/// such places is held.
@safe struct UnigramLattice<Score: BinaryFloatingPoint & BitwiseCopyable> {
  struct Node: BitwiseCopyable {
    /// The sum of the scores on the best way here.
    var score: Score
    /// Where the last token of that way begins, from the origin on; -1 while no way is known.
    var start: Int32
    var id: UInt32
  }

  /// A token of the best way.
  struct Token: BitwiseCopyable {
    var id: UInt32
    var byteCount: Int
  }

  private var nodes = GrowingBuffer<Node>(capacity: 1 << 10)
  private var path = GrowingBuffer<Token>(capacity: 1 << 10)
  /// The place of node 0, where all ways have met.
  private(set) var origin = 0
  /// The farthest place that a way leads to.
  private(set) var frontier = 0

  init() {}

  func deallocate() {
    nodes.deallocate()
    path.deallocate()
  }

  /// Begins anew at a place, with the sum of the scores before it.
  @inline(__always)
  mutating func begin(at place: Int, score: Score) {
    origin = place
    frontier = place
    nodes.setCount(0)
    nodes.append(Node(score: score, start: -1, id: 0))
  }

  /// The sum of the scores on the best way to a place that some way leads to.
  @inline(__always)
  func score(at place: Int) -> Score {
    // SAFETY: there is a node for every place from the origin to the frontier.
    unsafe nodes.base[place &- origin].score
  }

  /// The same for any place up to the frontier, which no way may lead to.
  @inline(__always)
  func bestScore(at place: Int) -> Score {
    // SAFETY: as above.
    let node = unsafe nodes.base[place &- origin]
    return node.start < 0 ? -.infinity : node.score
  }

  /// Takes the sums of all open ways from a place on down by that of the place.
  mutating func resetScores(at place: Int) {
    let offset = score(at: place)
    for index in (place - origin)...(frontier - origin) {
      // SAFETY: as above.
      if unsafe index == place - origin || nodes.base[index].start >= 0 {
        unsafe nodes.base[index].score -= offset
      }
    }
  }

  /// Offers a token from `start` to `end` with the sum on the way; the first of equal ones stays.
  @inline(__always)
  mutating func offer(_ id: UInt32, from start: Int, to end: Int, score: Score) {
    if end > frontier { extend(to: end) }
    // SAFETY: as above.
    let node = unsafe nodes.base + (end &- origin)
    if unsafe node.pointee.start < 0 || score > node.pointee.score {
      unsafe node.pointee = Node(
        score: score, start: Int32(truncatingIfNeeded: start &- origin), id: id)
    }
  }

  @inline(__always)
  private mutating func extend(to end: Int) {
    let extra = end &- frontier
    nodes.reserve(extra)
    // SAFETY: room for `extra` nodes has been made.
    for index in 0..<extra {
      unsafe nodes.base[nodes.count &+ index] = Node(score: 0, start: -1, id: 0)
    }
    nodes.setCount(nodes.count &+ extra)
    frontier = end
  }

  /// Finds the tokens of the best way to `place` and returns how many they are.
  @inline(__always)
  mutating func trace(to place: Int) -> Int {
    path.setCount(0)
    var end = place &- origin
    while end > 0 {
      // SAFETY: a way leads from every place on the best way to the origin.
      let node = unsafe nodes.base[end]
      path.append(Token(id: node.id, byteCount: end &- Int(node.start)))
      end = Int(node.start)
    }
    return path.count
  }

  /// A token of the way that was traced last, by its number.
  @inline(__always)
  func token(_ number: Int) -> Token {
    // SAFETY: the path has so many tokens, the last of them first.
    unsafe path.base[path.count &- 1 &- number]
  }
}
