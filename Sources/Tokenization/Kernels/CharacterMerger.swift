/// Applies the merges of a model of characters: always that of lowest rank, of equal ones the leftmost.
@safe struct CharacterMerger {
  let tables: CharacterTables
  /// The symbols, first of the characters, then of what they have become.
  var symbols = GrowingBuffer<UInt32>(capacity: 1 << 10)
  /// The merge of each symbol with the next.
  private var merges = GrowingBuffer<UInt64>(capacity: 1 << 10)
  private var links = GrowingBuffer<Link>(capacity: 1 << 10)
  private var queue = MergeQueue()
  /// How each unused piece was last put together; filled only where there are such.
  private(set) var splits: [UInt32: (left: UInt32, right: UInt32)] = [:]

  private struct Link {
    var previous: Int32
    var next: Int32
  }

  /// Up to here every merge looks at all symbols; beyond, a queue says which comes next.
  private static let shortCount = 64

  init(_ tables: CharacterTables) {
    self.tables = tables
  }

  func deallocate() {
    symbols.deallocate()
    merges.deallocate()
    links.deallocate()
    queue.deallocate()
  }

  /// Merges `symbols` until nothing can be merged, part by part: no token lies across two symbols that
  /// the tables do not know as neighbours.
  mutating func merge() {
    let count = symbols.count
    precondition(count < Int32.max, "a piece of less than 2^31 characters")
    if !splits.isEmpty { splits.removeAll() }
    if count < 2 { return }
    merges.setCount(0)
    merges.reserve(count)
    let symbols = unsafe self.symbols.base
    let merges = unsafe self.merges.base
    var left = 0
    var start = 0
    var canMerge = false
    // SAFETY: there are `count` symbols and places for as many merges; symbols are only moved forward.
    for index in 0..<count {
      let merge =
        index &+ 1 < count
        ? unsafe lookUp(symbols[index], symbols[index &+ 1]) : CharacterTables.apart
      unsafe merges[index] = merge
      if merge < CharacterTables.neighbours { canMerge = true }
      if merge != CharacterTables.apart || (index &+ 1 < count && !tables.hasParts) { continue }
      let end = index &+ 1
      let kept = canMerge ? mergePart(start, end &- start) : end &- start
      if left != start {
        for place in 0..<kept { unsafe symbols[left &+ place] = unsafe symbols[start &+ place] }
      }
      left &+= kept
      start = end
      canMerge = false
    }
    self.symbols.setCount(left)
  }

  @inline(__always)
  private mutating func lookUp(_ left: UInt32, _ right: UInt32) -> UInt64 {
    let merge = tables.merge(left, right)
    if !tables.unusedSymbols.isEmpty, merge < CharacterTables.neighbours {
      noteSplit(UInt32(truncatingIfNeeded: merge), left, right)
    }
    return merge
  }

  private mutating func noteSplit(_ product: UInt32, _ left: UInt32, _ right: UInt32) {
    if tables.unusedSymbols.contains(product) { splits[product] = (left, right) }
  }

  @inline(__always)
  private mutating func mergePart(_ start: Int, _ count: Int) -> Int {
    let symbols = unsafe self.symbols.base + start
    let merges = unsafe self.merges.base + start
    if count == 2 {
      // SAFETY: the part has two symbols, which are merged.
      unsafe symbols[0] = UInt32(truncatingIfNeeded: merges[0])
      return 1
    }
    return count <= Self.shortCount
      ? unsafe mergeShort(symbols, merges, count) : unsafe mergeLong(symbols, merges, count)
  }

  /// Merges, closing the gaps, and returns how many symbols are left.
  private mutating func mergeShort(
    _ symbols: UnsafeMutablePointer<UInt32>, _ merges: UnsafeMutablePointer<UInt64>,
    _ symbolCount: Int
  ) -> Int {
    var count = symbolCount
    // SAFETY: places are below `count`, which never grows; the last symbol has no merge.
    while true {
      // Rank and place in one number: the least of them is found without a branch.
      var least = UInt64.max
      for index in 0..<(count &- 1) {
        least = min(least, unsafe (merges[index] &>> 32) &<< 8 | UInt64(truncatingIfNeeded: index))
      }
      if least &>> 8 >= CharacterTables.neighbours &>> 32 { return count }
      let place = Int(least & 0xFF)
      unsafe symbols[place] = UInt32(truncatingIfNeeded: merges[place])
      count &-= 1
      for index in (place &+ 1)..<max(count, place &+ 1) {
        unsafe symbols[index] = unsafe symbols[index &+ 1]
        unsafe merges[index] = unsafe merges[index &+ 1]
      }
      if place > 0 { unsafe merges[place &- 1] = lookUp(symbols[place &- 1], symbols[place]) }
      unsafe merges[place] =
        place &+ 1 < count ? lookUp(symbols[place], symbols[place &+ 1]) : CharacterTables.apart
    }
  }
}

/// Long parts: the cost of a merge grows with the logarithm of their length.
extension CharacterMerger {
  private mutating func mergeLong(
    _ symbols: UnsafeMutablePointer<UInt32>, _ merges: UnsafeMutablePointer<UInt64>,
    _ symbolCount: Int
  ) -> Int {
    links.setCount(0)
    links.reserve(symbolCount)
    queue.removeAll()
    let links = unsafe self.links.base
    // SAFETY: there are `symbolCount` symbols, merges and links, and links name places among them.
    for index in 0..<symbolCount {
      let next = index &+ 1 < symbolCount ? Int32(truncatingIfNeeded: index &+ 1) : -1
      unsafe links[index] = Link(previous: Int32(truncatingIfNeeded: index &- 1), next: next)
      push(unsafe merges[index], index)
    }
    while !queue.isEmpty {
      let first = queue.pop()
      let place = Int(first & 0xFFFF_FFFF)
      let merge = unsafe merges[place]
      // A merge that something else has overtaken is stale.
      if merge &>> 32 != first &>> 32 { continue }
      let next = unsafe Int(links[place].next)
      let afterNext = unsafe links[next].next
      let previous = unsafe Int(links[place].previous)
      unsafe symbols[place] = UInt32(truncatingIfNeeded: merge)
      unsafe merges[next] = CharacterTables.apart
      unsafe links[place].next = afterNext
      if afterNext >= 0 { unsafe links[Int(afterNext)].previous = Int32(truncatingIfNeeded: place) }
      if previous >= 0 {
        unsafe merges[previous] = lookUp(symbols[previous], symbols[place])
        push(unsafe merges[previous], previous)
      }
      unsafe merges[place] =
        afterNext < 0
        ? CharacterTables.apart : lookUp(symbols[place], symbols[Int(afterNext)])
      push(unsafe merges[place], place)
    }
    return unsafe collect(symbols)
  }

  /// Moves the symbols left to the front and returns how many they are.
  private func collect(_ symbols: UnsafeMutablePointer<UInt32>) -> Int {
    var count = 0
    var place = 0
    while place >= 0 {
      // SAFETY: links name places of the part; symbols are only moved forward.
      unsafe symbols[count] = unsafe symbols[place]
      count &+= 1
      place = unsafe Int(links.base[place].next)
    }
    return count
  }

  @inline(__always)
  private mutating func push(_ merge: UInt64, _ place: Int) {
    if merge < CharacterTables.neighbours {
      queue.push((merge &>> 32) &<< 32 | UInt64(truncatingIfNeeded: place))
    }
  }
}
