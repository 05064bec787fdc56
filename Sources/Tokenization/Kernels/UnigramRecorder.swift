/// Finds the best way to write a word, and by how much it is better than the next.
///
/// A word's record is a number and its ids. The number is their count in the low 8 bits and above them
/// the margin, as the upper half of a 32-bit number; both are 0 for a word that cannot be remembered.
@safe struct UnigramRecorder {
  let tables: UnigramTables
  private var lattice = UnigramLattice<Double>()
  /// For every place of a word the sum on the second-best way.
  private var seconds = GrowingBuffer<Double>(capacity: 1 << 10)

  /// Longer words hardly ever come again.
  private static let longestByteCount = 48

  init(_ tables: UnigramTables) {
    self.tables = tables
  }

  func deallocate() {
    lattice.deallocate()
    seconds.deallocate()
  }

  /// The margin that a record's first number tells, or a little less.
  @inline(__always)
  static func margin(_ header: UInt32) -> Float {
    Float(bitPattern: (header &>> 8) &<< 16)
  }

  @inline(__always)
  static func count(_ header: UInt32) -> Int {
    Int(header & 0xFF)
  }

  /// Appends the record of a word of valid UTF-8, by sums so exact that rounding is of no account;
  /// false when it is not worth remembering.
  mutating func append(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, to output: inout GrowingBuffer<UInt32>
  ) -> Bool {
    let header = output.count
    output.append(0)
    if byteCount > Self.longestByteCount { return false }
    unsafe search(bytes, byteCount)
    // SAFETY: there is a place for every byte of the word and its end.
    let margin = unsafe lattice.score(at: byteCount) - seconds.base[byteCount]
    var hasUnknown = false
    for number in 0..<lattice.trace(to: byteCount) {
      let token = lattice.token(number)
      if token.id == UnigramEncoder.unknown { hasUnknown = true }
      output.append(token.id)
    }
    let count = output.count - header - 1
    if hasUnknown || count > 0xFF {
      output.setCount(header + 1)
    } else {
      let bits = Float(margin).nextDown.bitPattern
      // SAFETY: the record begins there.
      unsafe output.base[header] = (bits >> 16) << 8 | UInt32(count)
    }
    return true
  }

  private mutating func search(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) {
    lattice.begin(at: 0, score: 0)
    seconds.setCount(0)
    for _ in 0...byteCount { seconds.append(-.infinity) }
    var place = 0
    // SAFETY: places are below `byteCount`, at the beginnings of characters.
    while place < byteCount {
      let end = unsafe place &+ SentencePieceNormalizer.characterByteCount(bytes[place])
      var isKnown = false
      unsafe tables.trie.match(bytes + place, byteCount &- place) { length, value in
        let score = Float(bitPattern: UInt32(truncatingIfNeeded: value &>> 32))
        offer(UInt32(truncatingIfNeeded: value), from: place, to: place &+ length, Double(score))
        if place &+ length == end { isKnown = true }
        return true
      }
      if !isKnown { offer(UnigramEncoder.unknown, from: place, to: end, tables.unknownScore) }
      place = end
    }
  }

  /// Offers a token on the best and on the second-best way to its beginning.
  @inline(__always)
  private mutating func offer(_ id: UInt32, from start: Int, to end: Int, _ score: Double) {
    let best = lattice.score(at: start) + score
    let before = end <= lattice.frontier ? lattice.bestScore(at: end) : -.infinity
    lattice.offer(id, from: start, to: end, score: best)
    // SAFETY: there is a place for every byte of the word and its end.
    let seconds = unsafe self.seconds.base
    let other = unsafe max(min(best, before), seconds[start] + score)
    if unsafe other > seconds[end] { unsafe seconds[end] = other }
  }
}
