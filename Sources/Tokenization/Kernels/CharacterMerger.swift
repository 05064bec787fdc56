/// Applies the merges of a model of characters: always that of lowest rank, of equal ones the leftmost.
@safe final class CharacterMerger {
  private let tables: CharacterTables
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

  deinit {
    symbols.deallocate()
    merges.deallocate()
    links.deallocate()
    queue.deallocate()
  }

  /// Merges `symbols` until nothing can be merged.
  func merge() {
    let count = symbols.count
    precondition(count < Int32.max, "a piece of less than 2^31 characters")
    if !splits.isEmpty { splits.removeAll() }
    if count < 2 { return }
    merges.setCount(0)
    merges.reserve(count)
    let symbols = unsafe self.symbols.base
    let merges = unsafe self.merges.base
    var canMerge = false
    // SAFETY: there are `count` symbols and places for as many merges.
    for index in 0..<(count &- 1) {
      let merge = unsafe lookUp(symbols[index], symbols[index &+ 1])
      unsafe merges[index] = merge
      if merge != CharacterTables.noMerge { canMerge = true }
    }
    unsafe merges[count &- 1] = CharacterTables.noMerge
    if !canMerge { return }
    let left = count <= Self.shortCount ? mergeShort(count) : mergeLong(count)
    self.symbols.setCount(left)
  }

  @inline(__always)
  private func lookUp(_ left: UInt32, _ right: UInt32) -> UInt64 {
    let merge = tables.merge(left, right)
    if !tables.unusedSymbols.isEmpty, merge != CharacterTables.noMerge {
      noteSplit(UInt32(truncatingIfNeeded: merge), left, right)
    }
    return merge
  }

  private func noteSplit(_ product: UInt32, _ left: UInt32, _ right: UInt32) {
    if tables.unusedSymbols.contains(product) { splits[product] = (left, right) }
  }

  /// Merges, closing the gaps, and returns how many symbols are left.
  private func mergeShort(_ symbolCount: Int) -> Int {
    let symbols = unsafe self.symbols.base
    let merges = unsafe self.merges.base
    var count = symbolCount
    // SAFETY: places are below `count`, which never grows; the last symbol has no merge.
    while true {
      // Rank and place in one number: the least of them is found without a branch.
      var least = UInt64.max
      for index in 0..<(count &- 1) {
        least = min(least, unsafe (merges[index] &>> 32) &<< 8 | UInt64(truncatingIfNeeded: index))
      }
      if least &>> 8 >= UInt64(UInt32.max) { return count }
      let place = Int(least & 0xFF)
      unsafe symbols[place] = UInt32(truncatingIfNeeded: merges[place])
      count &-= 1
      for index in (place &+ 1)..<max(count, place &+ 1) {
        unsafe symbols[index] = unsafe symbols[index &+ 1]
        unsafe merges[index] = unsafe merges[index &+ 1]
      }
      if place > 0 { unsafe merges[place &- 1] = lookUp(symbols[place &- 1], symbols[place]) }
      unsafe merges[place] =
        place &+ 1 < count ? lookUp(symbols[place], symbols[place &+ 1]) : CharacterTables.noMerge
    }
  }

  /// Merges in an order that a queue tells; a merge costs the logarithm of the number of symbols.
  private func mergeLong(_ symbolCount: Int) -> Int {
    links.setCount(0)
    links.reserve(symbolCount)
    queue.removeAll()
    // SAFETY: there are `symbolCount` symbols, merges and links, and links name places among them.
    for index in 0..<symbolCount {
      let next = index &+ 1 < symbolCount ? Int32(truncatingIfNeeded: index &+ 1) : -1
      unsafe links.base[index] = Link(previous: Int32(truncatingIfNeeded: index &- 1), next: next)
      unsafe push(merges.base[index], index)
    }
    while !queue.isEmpty {
      let first = queue.pop()
      let place = Int(first & 0xFFFF_FFFF)
      let merge = unsafe merges.base[place]
      // A merge that something else has overtaken is stale.
      if merge &>> 32 != first &>> 32 { continue }
      let next = unsafe Int(links.base[place].next)
      let afterNext = unsafe links.base[next].next
      let previous = unsafe Int(links.base[place].previous)
      unsafe symbols.base[place] = UInt32(truncatingIfNeeded: merge)
      unsafe merges.base[next] = CharacterTables.noMerge
      unsafe links.base[place].next = afterNext
      if afterNext >= 0 { unsafe links.base[Int(afterNext)].previous = Int32(place) }
      if previous >= 0 { renew(previous) }
      renew(place)
    }
    return collect()
  }

  /// Looks up the merge of the symbol at a place with the next.
  private func renew(_ place: Int) {
    // SAFETY: places and links are those of the piece.
    let next = unsafe Int(links.base[place].next)
    let merge =
      next < 0 ? CharacterTables.noMerge : unsafe lookUp(symbols.base[place], symbols.base[next])
    unsafe merges.base[place] = merge
    push(merge, place)
  }

  /// Moves the symbols left to the front and returns how many they are.
  private func collect() -> Int {
    var count = 0
    var place = 0
    while place >= 0 {
      // SAFETY: symbols are only moved forward.
      unsafe symbols.base[count] = unsafe symbols.base[place]
      count &+= 1
      place = unsafe Int(links.base[place].next)
    }
    return count
  }

  private func push(_ merge: UInt64, _ place: Int) {
    if merge != CharacterTables.noMerge { queue.push((merge &>> 32) &<< 32 | UInt64(place)) }
  }
}
