/// The words that a unigram encoder has met: their ids, and by how much the best way to write them is
/// better than the next.
@safe final class UnigramWords {
  private let tables: UnigramTables
  private let cache: WordCache
  private var lattice = UnigramLattice<Double>()
  /// For every place of a word the sum on the second-best way.
  private var seconds = GrowingBuffer<Double>(capacity: 1 << 10)
  /// A word's margin, by its bits, and its ids.
  private var record = GrowingBuffer<UInt32>(capacity: 1 << 8)

  static let longestByteCount = 256

  init(_ tables: UnigramTables, cacheByteCount: Int) {
    self.tables = tables
    cache = WordCache(memoryByteCount: cacheByteCount)
  }

  deinit {
    lattice.deallocate()
    seconds.deallocate()
    record.deallocate()
  }

  /// Appends the ids of a word and adds its scores to `sum`, in order; false, and nothing done, where
  /// a second way is as good as the best but for `error`, or where a character is not known.
  @inline(__always)
  func append(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, readable: Int, error: Float,
    _ sum: inout Float, _ output: inout GrowingBuffer<UInt32>
  ) -> Bool {
    let before = output.count
    unsafe find(bytes, byteCount, readable: readable, &output)
    // SAFETY: a record has its margin at least.
    let margin = unsafe Float(bitPattern: output.base[before])
    if margin <= error {
      output.setCount(before)
      return false
    }
    var total = sum
    for index in (before &+ 1)..<output.count {
      let id = unsafe output.base[index]
      unsafe output.base[index &- 1] = id
      total = Float(tables.scores[Int(id)]) + total
    }
    output.setCount(output.count &- 1)
    sum = total
    return true
  }

  /// Appends a word's record.
  @inline(__always)
  private func find(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, readable: Int,
    _ output: inout GrowingBuffer<UInt32>
  ) {
    if byteCount <= ShortKey.maximumByteCount {
      let key = unsafe ShortKey(bytes, byteCount: byteCount, readable: readable)
      if unsafe cache.append(key, bytes, to: &output) { return }
      unsafe makeRecord(bytes, byteCount)
      unsafe cache.insert(key, bytes, record.count, of: record)
    } else {
      let hash = unsafe LongHash.hash(bytes, byteCount) | 1
      if unsafe cache.appendLong(bytes, byteCount, hash: hash, to: &output) { return }
      unsafe makeRecord(bytes, byteCount)
      unsafe cache.insertLong(bytes, byteCount, hash: hash, record.count, of: record)
    }
    // SAFETY: the record holds `count` numbers.
    for index in 0..<record.count { output.append(unsafe record.base[index]) }
  }

  /// Finds the best way and the second-best, by sums so exact that rounding is of no account.
  private func makeRecord(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) {
    lattice.begin(at: 0, score: 0)
    seconds.setCount(0)
    seconds.reserve(byteCount &+ 1)
    for _ in 0...byteCount { seconds.append(-.infinity) }
    var place = 0
    // SAFETY: places are below `byteCount`, at the beginnings of characters.
    while place < byteCount {
      let end = unsafe place &+ SentencePieceNormalizer.characterByteCount(bytes[place])
      var isKnown = false
      unsafe tables.trie.match(bytes + place, byteCount &- place) { length, value in
        let score = Float(bitPattern: UInt32(truncatingIfNeeded: value &>> 32))
        offer(
          UInt32(truncatingIfNeeded: value), from: place, to: place &+ length, Double(score))
        if place &+ length == end { isKnown = true }
        return true
      }
      if !isKnown { offer(UnigramEncoder.unknown, from: place, to: end, tables.unknownScore) }
      place = end
    }
    record.setCount(0)
    let margin = unsafe lattice.score(at: byteCount) - seconds.base[byteCount]
    record.append(Float(margin).nextDown.bitPattern)
    var hasUnknown = false
    lattice.tokens(to: byteCount) { token in
      if token.id == UnigramEncoder.unknown { hasUnknown = true }
      record.append(token.id)
    }
    if hasUnknown {
      record.setCount(0)
      record.append(Float(-1).bitPattern)
    }
  }

  /// Offers a token on the best and on the second-best way to its beginning.
  @inline(__always)
  private func offer(_ id: UInt32, from start: Int, to end: Int, _ score: Double) {
    let best = lattice.score(at: start) + score
    let isOpen = end <= lattice.frontier
    let before = isOpen ? lattice.bestScore(at: end) : -.infinity
    lattice.offer(id, from: start, to: end, score: best)
    // SAFETY: there is a place for every byte of the word and its end.
    let seconds = unsafe self.seconds.base
    let other = unsafe max(min(best, before), seconds[start] + score)
    if unsafe other > seconds[end] { unsafe seconds[end] = other }
  }
}
