internal import ByteKernels

/// The pairs of neighbouring tokens that may be merged soon: how often each occurs, and in which
/// words.
@safe struct PairIndex {
  struct Pair {
    var key: UInt64
    /// Sum of the counts of the words it occurs in, once for each place; overlapping places count.
    var count: Int64
    /// The first of its words in the list of places, and how many they are.
    ///
    /// Words stay on the list when the pair has left them; a second look finds nothing there.
    var firstPlace = 0
    var placeCount: UInt32 = 0
    /// The word counted last.
    var lastPlace = UInt32.max
  }

  private(set) var pairs = GrowingBuffer<Pair>(capacity: 1 << 10)
  /// The number of a pair plus one, by the hash of its key; 0 is empty.
  private var table: UnsafeMutablePointer<UInt32>
  private var capacity = 1 << 12

  init() {
    unsafe table = TableMemory.allocate(repeating: 0, count: capacity)
  }

  func deallocate() {
    unsafe table.deallocate()
    pairs.deallocate()
  }

  var memoryByteCount: Int {
    pairs.memoryByteCount + capacity * MemoryLayout<UInt32>.stride
  }

  @inline(__always)
  static func key(_ left: UInt32, _ right: UInt32) -> UInt64 {
    UInt64(left) &<< 32 | UInt64(right)
  }

  @inline(__always)
  static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 28)
  }

  /// The pair of a number.
  @inline(__always)
  func pair(_ number: Int) -> UnsafeMutablePointer<Pair> {
    // SAFETY: numbers are those of pairs.
    unsafe pairs.base + number
  }

  /// The number of a pair; nil when it is not here.
  @inline(__always)
  func find(_ key: UInt64) -> Int? {
    var place = Self.hash(key) & (capacity &- 1)
    // SAFETY: `place` is masked to the capacity; entries are numbers of pairs plus one.
    while true {
      let entry = unsafe table[place]
      if entry == 0 { return nil }
      if unsafe pairs.base[Int(entry) &- 1].key == key { return Int(entry) &- 1 }
      place = (place &+ 1) & (capacity &- 1)
    }
  }

  /// The number of a pair, which is made when it is new.
  @inline(__always)
  mutating func number(_ key: UInt64) -> Int {
    find(key) ?? add(key)
  }

  @inline(never)
  private mutating func add(_ key: UInt64) -> Int {
    pairs.append(Pair(key: key, count: 0))
    if pairs.count &* 2 > capacity {
      unsafe table.deallocate()
      capacity *= 2
      unsafe table = TableMemory.allocate(repeating: 0, count: capacity)
      for number in 0..<pairs.count { enter(number) }
    } else {
      enter(pairs.count &- 1)
    }
    return pairs.count &- 1
  }

  private mutating func enter(_ number: Int) {
    var place = unsafe Self.hash(pairs.base[number].key) & (capacity - 1)
    while unsafe table[place] != 0 { place = (place + 1) & (capacity - 1) }
    unsafe table[place] = UInt32(number + 1)
  }

  @inline(__always)
  func subtract(_ count: Int64, from key: UInt64) {
    if let number = find(key) { unsafe pair(number).pointee.count &-= count }
  }

  /// Keeps the pairs of this count and more and forgets the others; numbers change.
  mutating func keep(atLeast count: Int64) {
    var kept = 0
    for number in 0..<pairs.count where unsafe pairs.base[number].count >= count {
      unsafe pairs.base[kept] = unsafe pairs.base[number]
      kept += 1
    }
    pairs.setCount(kept)
    unsafe table.initialize(repeating: 0, count: capacity)
    for number in 0..<kept { enter(number) }
  }

  mutating func removeAll() {
    keep(atLeast: .max)
  }
}
