internal import ByteKernels

/// What stands beside the places of a pair while it is merged: for each token, how often it does and
/// in how many words.
@safe struct Neighbours {
  struct Neighbour {
    var count: Int64 = 0
    var wordCount: UInt32 = 0
    /// The word counted last.
    var lastPlace = UInt32.max
  }

  private(set) var entries: GrowingBuffer<Neighbour>
  /// The tokens that have been met, in the order they were.
  private(set) var met = GrowingBuffer<UInt32>(capacity: 1 << 10)
  /// Each neighbour's words: the token in the high half, the word's place in the low half.
  private(set) var found = GrowingBuffer<UInt64>(capacity: 1 << 10)

  init(tokenCount: Int) {
    entries = GrowingBuffer(capacity: tokenCount)
    for _ in 0..<tokenCount { entries.append(Neighbour()) }
  }

  func deallocate() {
    entries.deallocate()
    met.deallocate()
    found.deallocate()
  }

  /// Bytes of what grows with the neighbours met.
  var listByteCount: Int { met.memoryByteCount + found.memoryByteCount }

  @inline(__always)
  mutating func add(_ token: UInt32, count: Int64, place: UInt32) {
    // SAFETY: there is an entry for every token.
    let entry = unsafe entries.base + Int(token)
    if unsafe entry.pointee.wordCount == 0 { met.append(token) }
    unsafe entry.pointee.count &+= count
    if unsafe entry.pointee.lastPlace == place { return }
    unsafe entry.pointee.lastPlace = place
    unsafe entry.pointee.wordCount &+= 1
    found.append(UInt64(token) &<< 32 | UInt64(place))
  }

  /// How often a token has been met.
  @inline(__always)
  func count(of token: UInt32) -> Int64 {
    unsafe entries.base[Int(token)].count
  }

  /// Takes back what was counted of a token.
  @inline(__always)
  mutating func subtract(_ count: Int64, from token: UInt32) {
    unsafe entries.base[Int(token)].count &-= count
  }

  /// Gives back the memory of the words found, between two merges.
  mutating func shrink() {
    found.deallocate()
    found = GrowingBuffer(capacity: 1 << 10)
  }

  /// Forgets everything that was met.
  mutating func removeAll() {
    for index in 0..<met.count {
      // SAFETY: there is an entry for every token.
      unsafe entries.base[Int(met.base[index])] = Neighbour()
    }
    met.setCount(0)
    found.setCount(0)
  }
}
