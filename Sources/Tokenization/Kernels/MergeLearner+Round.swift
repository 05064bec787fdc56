internal import ByteKernels

/// The beginning of a round.
extension MergeLearner {
  /// Looks at all words anew for the pairs to merge next and the words they are in; none occurs as
  /// often as `limit`, and about `wanted` are to be merged.
  mutating func beginRound(below limit: Int64, _ wanted: Int) throws(MemoryShortage) {
    settledTotal += arena.compact()
    before.shrink()
    after.shrink()
    index.removeAll()
    queue.removeAll()
    places.setCount(0)
    let sketch = PairSketch(tokenCount: arena.units.count)
    defer { sketch.deallocate() }
    Self.forEachPair(arena) { key, _, count in sketch.add(count, to: key) }
    var bound = min(sketch.maximum, limit)
    repeat {
      bound = max(minimumCount, bound / Self.roundDepth)
      threshold = bound
      collect(sketch)
    } while index.pairs.count == 0 && threshold > minimumCount
    try fitThreshold(sketch, wanted)
    list(sketch)
    enqueue()
  }

  @inline(__always)
  private static func forEachPair(
    _ arena: WordArena<Unit>, _ body: (_ key: UInt64, _ place: UInt32, _ count: Int64) -> Void
  ) {
    unsafe arena.forEach { word, place, length, count in
      // SAFETY: a word's tokens are `length`, at least 1, behind its header.
      let tokens = unsafe word + WordArena<Unit>.headerCount
      var left = unsafe UInt32(tokens[0])
      for index in 1..<length {
        let right = unsafe UInt32(tokens[index])
        body(PairIndex.key(left, right), place, count)
        left = right
      }
    }
  }

  /// Counts the pairs that may reach the threshold, and forgets those that do not.
  private mutating func collect(_ sketch: PairSketch) {
    var found = index
    let threshold = threshold
    Self.forEachPair(arena) { key, place, count in
      if sketch.bound(key) < threshold { return }
      let number = found.number(key)
      // SAFETY: the number is that of a pair.
      let pair = unsafe found.pair(number)
      unsafe pair.pointee.count &+= count
      if unsafe pair.pointee.lastPlace == place { return }
      unsafe pair.pointee.lastPlace = place
      unsafe pair.pointee.placeCount &+= 1
    }
    for key in refused {
      if let number = found.find(key) { unsafe found.pair(number).pointee.count = 0 }
    }
    found.keep(atLeast: threshold)
    index = found
  }

  /// Raises the threshold until no more pairs are left than may be merged, and their lists of words
  /// take no more than half of the memory for lists.
  private mutating func fitThreshold(
    _ sketch: PairSketch, _ wanted: Int
  ) throws(MemoryShortage) {
    let room = (listBudget - sketch.memoryByteCount) / 2 / MemoryLayout<UInt32>.stride
    let pairLimit = 2 * wanted + 64
    // SAFETY: numbers are those of pairs.
    var sizes = (0..<index.pairs.count).map { number in
      let pair = unsafe index.pair(number).pointee
      return (count: pair.count, words: Int(pair.placeCount))
    }
    if sizes.count <= pairLimit, sizes.reduce(0, { $0 + $1.words }) <= room { return }
    sizes.sort { $0.count > $1.count }
    var taken = 0
    // Pairs of one count come together or not at all.
    var last = (sizes.first?.count ?? 0) + 1
    var start = 0
    while start < sizes.count, start < pairLimit {
      let end = sizes[start...].firstIndex { $0.count != sizes[start].count } ?? sizes.count
      taken += sizes[start..<end].reduce(0) { $0 + $1.words }
      if taken > room {
        if start == 0 { throw shortage(ofListed: taken) }
        break
      }
      last = sizes[start].count
      start = end
    }
    threshold = last
    index.keep(atLeast: threshold)
  }

  /// Lists the words of every pair.
  private mutating func list(_ sketch: PairSketch) {
    var total = 0
    // SAFETY: numbers are those of pairs, and each gets a run of places for all its words.
    for number in 0..<index.pairs.count {
      let pair = unsafe index.pair(number)
      unsafe pair.pointee.firstPlace = total
      unsafe total += Int(pair.pointee.placeCount)
      unsafe pair.pointee.placeCount = 0
      unsafe pair.pointee.lastPlace = .max
    }
    places.reserve(total)
    places.setCount(total)
    listedAtFirst = total
    let (index, base, threshold) = unsafe (index, places.base, threshold)
    Self.forEachPair(arena) { key, place, _ in
      guard sketch.bound(key) >= threshold, let number = index.find(key) else { return }
      let pair = unsafe index.pair(number)
      if unsafe pair.pointee.lastPlace == place { return }
      unsafe pair.pointee.lastPlace = place
      unsafe base[pair.pointee.firstPlace &+ Int(pair.pointee.placeCount)] = place
      unsafe pair.pointee.placeCount &+= 1
    }
  }

  private mutating func enqueue() {
    for number in 0..<index.pairs.count {
      // SAFETY: the number is that of a pair.
      let pair = unsafe index.pair(number).pointee
      queue.push(.init(count: pair.count, key: pair.key, number: UInt32(number)))
    }
  }
}

/// Memory.
extension MergeLearner {
  /// The bytes that the words and the tokens' entries take.
  private var baseByteCount: Int {
    arena.memoryByteCount + before.entries.memoryByteCount + after.entries.memoryByteCount
  }

  /// The bytes that lists of pairs and of words take.
  var listByteCount: Int {
    places.count * MemoryLayout<UInt32>.stride + index.memoryByteCount + queue.memoryByteCount
      + before.listByteCount + after.listByteCount
  }

  /// The bytes that they may take.
  var listBudget: Int { memoryByteCount - baseByteCount }

  private func shortage(ofListed words: Int) -> MemoryShortage {
    MemoryShortage(
      neededByteCount: baseByteCount + PairSketch.memoryByteCount(tokenCount: arena.units.count)
        + 2 * words * MemoryLayout<UInt32>.stride)
  }
}

/// Training cannot go on in the memory it was given.
struct MemoryShortage: Error {
  /// What would do.
  let neededByteCount: Int
}
