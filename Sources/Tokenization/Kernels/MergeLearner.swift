internal import ByteKernels
internal import CKernels

/// Learns merges from counted words, one by one.
///
/// The pair merged next is the one that occurs most often, counted over all words with all its
/// places, overlapping ones too; of equal counts the one with the smallest ids, the left one first.
/// These are the merges of Hugging Face's BpeTrainer, with counts of 64 bits.
///
/// Work goes in rounds. A round knows all pairs down to a threshold, with the words each is in, and
/// merges until none of them is left; pairs below it can only become rarer meanwhile, so that nothing
/// need be known of them. Most pairs ever seen never come above any threshold and cost no memory.
@safe struct MergeLearner<Unit: TokenUnit>: ~Copyable {
  /// A pair to be merged, and its number in the round.
  struct Candidate {
    let left: UInt32
    let right: UInt32
    let count: Int64
    fileprivate let number: Int
  }

  var arena: WordArena<Unit>
  var index = PairIndex()
  var queue = PairQueue(capacity: 1 << 10)
  /// The words of each pair of the round.
  var places = GrowingBuffer<UInt32>(capacity: 1 << 10)
  var before: Neighbours
  var after: Neighbours
  /// Pairs that are never merged.
  var refused: Set<UInt64> = []
  /// The sum of the counts of words that have become one token and were dropped.
  var settledTotal: Int64 = 0
  /// Places taken when the round began.
  var listedAtFirst = 0
  /// Rarer pairs are not known.
  var threshold = Int64.max
  let minimumCount: Int64
  let memoryByteCount: Int

  /// How much rarer a round's rarest pair may be than its first.
  static var roundDepth: Int64 { 32 }

  /// Learns from as many words and tokens as are said here, with ids below `idBound`; merges no pair
  /// that occurs less than `minimumCount` times.
  init(
    wordCount: Int, tokenCount: Int, idBound: Int, minimumCount: Int, memoryByteCount: Int
  ) {
    arena = WordArena(wordCount: wordCount, tokenCount: tokenCount)
    before = Neighbours(tokenCount: idBound)
    after = Neighbours(tokenCount: idBound)
    self.minimumCount = Int64(max(1, minimumCount))
    self.memoryByteCount = memoryByteCount
  }

  deinit {
    arena.deallocate()
    index.deallocate()
    queue.deallocate()
    places.deallocate()
    before.deallocate()
    after.deallocate()
  }

  /// What must be held for learning from words of so many tokens, without the lists of words.
  static func baseMemoryByteCount(wordCount: Int, tokenCount: Int, idBound: Int) -> Int {
    let units = WordArena<Unit>.room(wordCount: wordCount, tokenCount: tokenCount).unitCount
    return units * MemoryLayout<Unit>.stride
      + 2 * idBound * MemoryLayout<Neighbours.Neighbour>.stride
      + PairSketch.memoryByteCount(tokenCount: tokenCount)
  }

  /// The pair to merge next; nil when none occurs often enough.
  ///
  /// About `wanted` more are to be merged: no more pairs than may be are looked at.
  mutating func next(wanted: Int) throws(MemoryShortage) -> Candidate? {
    if listByteCount > listBudget, places.count > 2 * listedAtFirst {
      try beginRound(below: .max, wanted)
    }
    while true {
      while let first = queue.first {
        // SAFETY: the queue holds numbers of pairs.
        let count = unsafe index.pair(Int(first.number)).pointee.count
        if count == first.count {
          queue.removeFirst()
          return Candidate(
            left: UInt32(first.key >> 32), right: UInt32(truncatingIfNeeded: first.key),
            count: count, number: Int(first.number))
        }
        if count < threshold { queue.removeFirst() } else { queue.refreshFirst(count: count) }
      }
      if threshold <= minimumCount { return nil }
      // All pairs left, but for refused ones, are rarer.
      try beginRound(below: threshold, wanted)
    }
  }

  /// Replaces a pair by a token in all words; `isNew` when no word held that token before.
  mutating func merge(_ pair: Candidate, into product: UInt32, isNew: Bool) {
    replace(pair, by: product)
    // SAFETY: candidates hold numbers of pairs, neighbours have entries for all tokens.
    for place in 0..<after.met.count {
      let token = unsafe after.met.base[place]
      index.subtract(after.count(of: token), from: PairIndex.key(pair.right, token))
    }
    for place in 0..<before.met.count {
      let token = unsafe before.met.base[place]
      let count = before.count(of: token)
      if token == product, isNew {
        // Two in a row: what was counted after the first is the second's own left token.
        after.subtract(count, from: pair.left)
      } else {
        index.subtract(count, from: PairIndex.key(token, pair.left))
      }
    }
    retire(pair)
    if !isNew { recount(product) }
    admit(before) { PairIndex.key($0, product) }
    before.removeAll()
    admit(after) { PairIndex.key(product, $0) }
    after.removeAll()
  }

  /// Leaves a pair unmerged for good.
  mutating func refuse(_ pair: Candidate) {
    refused.insert(PairIndex.key(pair.left, pair.right))
    retire(pair)
  }

  private func retire(_ pair: Candidate) {
    unsafe index.pair(pair.number).pointee.count = 0
  }
}

/// Merging.
extension MergeLearner {
  /// Words asked for ahead of their use.
  private static var lookahead: Int { 12 }

  private mutating func replace(_ pair: Candidate, by product: UInt32) {
    // SAFETY: a pair's places are a run of `places`, and each is that of a word.
    let words = unsafe index.pair(pair.number).pointee
    let list = unsafe places.base + words.firstPlace
    let count = Int(words.placeCount)
    let left = Unit(truncatingIfNeeded: pair.left)
    let right = Unit(truncatingIfNeeded: pair.right)
    let product = Unit(truncatingIfNeeded: product)
    for number in 0..<count {
      if number &+ Self.lookahead < count {
        unsafe ck_prefetch(arena.word(at: list[number &+ Self.lookahead]))
      }
      unsafe replace(left, right, by: product, at: list[number])
    }
  }

  @inline(__always)
  private mutating func replace(_ left: Unit, _ right: Unit, by product: Unit, at place: UInt32) {
    // SAFETY: a word's tokens are `length` behind its header; they only grow fewer.
    let word = unsafe arena.word(at: place)
    let length = unsafe Int(truncatingIfNeeded: word[0])
    let tokens = unsafe word + WordArena<Unit>.headerCount
    var read = 0
    while true {
      if read &+ 1 >= length { return }
      if unsafe tokens[read] == left, unsafe tokens[read &+ 1] == right { break }
      read &+= 1
    }
    let count = unsafe arena.count(of: word)
    var write = read
    while read < length {
      guard unsafe tokens[read] == left, read &+ 1 < length, unsafe tokens[read &+ 1] == right
      else {
        unsafe tokens[write] = unsafe tokens[read]
        write &+= 1
        read &+= 1
        continue
      }
      if write > 0 {
        before.add(unsafe UInt32(tokens[write &- 1]), count: count, place: place)
      }
      if read &+ 2 < length {
        after.add(unsafe UInt32(tokens[read &+ 2]), count: count, place: place)
      }
      unsafe tokens[write] = product
      write &+= 1
      read &+= 2
    }
    unsafe word[0] = Unit(truncatingIfNeeded: write)
    for place in write..<length { unsafe tokens[place] = WordArena<Unit>.filler }
  }

  /// Counts all pairs with a token that words held already before the last merge.
  private mutating func recount(_ product: UInt32) {
    before.removeAll()
    after.removeAll()
    let arena = arena
    var (left, right) = (before, after)
    unsafe arena.forEach { word, place, length, count in
      // SAFETY: a word's tokens are `length` behind its header.
      let tokens = unsafe word + WordArena<Unit>.headerCount
      for index in 1..<max(1, length) {
        let (first, second) = unsafe (UInt32(tokens[index - 1]), UInt32(tokens[index]))
        if second == product { left.add(first, count: count, place: place) }
        if first == product { right.add(second, count: count, place: place) }
      }
    }
    (before, after) = (left, right)
  }

  /// Takes the pairs of the last product with its neighbours into the round.
  private mutating func admit(_ neighbours: Neighbours, _ key: (UInt32) -> UInt64) {
    // SAFETY: neighbours have entries for all tokens met, pairs a run of places for all their words.
    for place in 0..<neighbours.met.count {
      let token = unsafe neighbours.met.base[place]
      let entry = unsafe neighbours.entries.base + Int(token)
      let count = unsafe entry.pointee.count
      if count < threshold {
        unsafe entry.pointee.lastPlace = .max
        continue
      }
      let number = index.number(key(token))
      let pair = unsafe index.pair(number)
      unsafe pair.pointee.count = count
      unsafe pair.pointee.firstPlace = places.count
      unsafe pair.pointee.placeCount = 0
      let wordCount = unsafe Int(entry.pointee.wordCount)
      places.reserve(wordCount)
      places.setCount(places.count + wordCount)
      unsafe entry.pointee.lastPlace = UInt32(number)
      queue.push(.init(count: count, key: key(token), number: UInt32(number)))
    }
    for place in 0..<neighbours.found.count {
      let found = unsafe neighbours.found.base[place]
      let number = unsafe neighbours.entries.base[Int(found >> 32)].lastPlace
      if number == .max { continue }
      let pair = unsafe index.pair(Int(number))
      let target = unsafe pair.pointee.firstPlace &+ Int(pair.pointee.placeCount)
      unsafe places.base[target] = UInt32(truncatingIfNeeded: found)
      unsafe pair.pointee.placeCount &+= 1
    }
  }
}
