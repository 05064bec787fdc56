/// Applies merges to one pre-token: always the merge of lowest rank, of equal ones the leftmost.
@safe final class PieceMerger {
  private let table: MergeTable
  /// The tokens of the pre-token, by their numbers in the table.
  private var tokens = GrowingBuffer<UInt32>(capacity: 1 << 10)
  /// The merge of each token with the next.
  private var merges = GrowingBuffer<UInt32>(capacity: 1 << 10)
  // For long pre-tokens: the neighbours of each token, and merges waiting.
  private var links = GrowingBuffer<Link>(capacity: 1 << 10)
  private var queue = MergeQueue()

  private struct Link {
    var previous: Int32
    var next: Int32
  }

  /// Up to here every merge looks at all tokens; beyond, a queue says which comes next.
  private static let shortByteCount = 64

  init(_ table: MergeTable) {
    self.table = table
  }

  deinit {
    tokens.deallocate()
    merges.deallocate()
    links.deallocate()
    queue.deallocate()
  }

  /// Appends the ids that a pre-token of one byte or more becomes.
  func merge(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int, into ids: inout GrowingBuffer<UInt32>)
  {
    precondition(byteCount < Int32.max, "a pre-token of less than 2 GiB")
    unsafe start(bytes, byteCount)
    let count = byteCount <= Self.shortByteCount ? mergeShort(byteCount) : mergeLong(byteCount)
    ids.reserve(count)
    // SAFETY: `count` places have been reserved, and as many tokens are held.
    let target = unsafe ids.base + ids.count
    for index in 0..<count { unsafe target[index] = table.id(tokens.base[index]) }
    ids.setCount(ids.count &+ count)
  }

  private func start(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) {
    tokens.setCount(0)
    merges.setCount(0)
    tokens.reserve(byteCount)
    merges.reserve(byteCount)
    // SAFETY: there is room for `byteCount` tokens and merges.
    for index in 0..<byteCount { unsafe tokens.base[index] = UInt32(bytes[index]) }
    for index in 0..<(byteCount &- 1) {
      unsafe merges.base[index] = table.merge(bytes: bytes[index], bytes[index &+ 1])
    }
    unsafe merges.base[byteCount &- 1] = MergeTable.none
  }

  /// Merges, closing the gaps, and returns how many tokens are left.
  private func mergeShort(_ byteCount: Int) -> Int {
    let tokens = unsafe self.tokens.base
    let merges = unsafe self.merges.base
    var count = byteCount
    // SAFETY: places are below `count`, which never grows; the last token has no merge.
    while true {
      // Merge and place in one number: the least of them is found without a branch.
      var least = UInt64.max
      for index in 0..<(count &- 1) {
        least = min(least, unsafe UInt64(merges[index]) &<< 8 | UInt64(truncatingIfNeeded: index))
      }
      let best = UInt32(truncatingIfNeeded: least &>> 8)
      if best == MergeTable.none { return count }
      let place = Int(least & 0xFF)
      unsafe tokens[place] = table.token(best)
      count &-= 1
      for index in (place &+ 1)..<max(count, place &+ 1) {
        unsafe tokens[index] = unsafe tokens[index &+ 1]
        unsafe merges[index] = unsafe merges[index &+ 1]
      }
      unsafe merges[place] =
        place &+ 1 < count ? table.merge(tokens[place], tokens[place &+ 1]) : MergeTable.none
      if place > 0 {
        unsafe merges[place &- 1] = table.merge(tokens[place &- 1], tokens[place])
      }
    }
  }
}

/// Long pre-tokens: the cost of a merge grows with the logarithm of their length.
extension PieceMerger {
  private func mergeLong(_ byteCount: Int) -> Int {
    links.setCount(0)
    links.reserve(byteCount)
    queue.removeAll()
    // SAFETY: there are `byteCount` tokens, merges and links, and links name places among them.
    for index in 0..<byteCount {
      let next = index &+ 1 < byteCount ? Int32(truncatingIfNeeded: index &+ 1) : -1
      unsafe links.base[index] = Link(previous: Int32(truncatingIfNeeded: index &- 1), next: next)
      unsafe push(merges.base[index], index)
    }
    while !queue.isEmpty {
      let first = queue.pop()
      let merge = UInt32(truncatingIfNeeded: first &>> 32)
      let place = Int(first & 0xFFFF_FFFF)
      // A merge that something else has overtaken is stale.
      if unsafe merges.base[place] != merge { continue }
      let next = unsafe Int(links.base[place].next)
      let afterNext = unsafe links.base[next].next
      let previous = unsafe Int(links.base[place].previous)
      unsafe tokens.base[place] = table.token(merge)
      unsafe merges.base[next] = MergeTable.none
      unsafe links.base[place].next = afterNext
      if afterNext >= 0 { unsafe links.base[Int(afterNext)].previous = Int32(place) }
      renew(place)
      if previous >= 0 { renew(previous) }
    }
    return collect()
  }

  /// Looks up the merge of the token at a place with the next.
  private func renew(_ place: Int) {
    // SAFETY: places and links are those of the pre-token.
    let next = unsafe Int(links.base[place].next)
    let merge =
      next < 0 ? MergeTable.none : unsafe table.merge(tokens.base[place], tokens.base[next])
    unsafe merges.base[place] = merge
    push(merge, place)
  }

  /// Moves the tokens left to the front and returns how many they are.
  private func collect() -> Int {
    var count = 0
    var place = 0
    while place >= 0 {
      // SAFETY: tokens are only moved forward.
      unsafe tokens.base[count] = unsafe tokens.base[place]
      count &+= 1
      place = unsafe Int(links.base[place].next)
    }
    return count
  }

  private func push(_ merge: UInt32, _ place: Int) {
    if merge != MergeTable.none { queue.push(UInt64(merge) &<< 32 | UInt64(place)) }
  }
}
