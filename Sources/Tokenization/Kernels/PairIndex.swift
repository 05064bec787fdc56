internal import ByteKernels

/// Every pair of neighbouring tokens ever seen in training: how often it occurs now, and in which
/// words it may occur.
@safe struct PairIndex {
  struct Pair {
    var key: UInt64
    /// Sum of the counts of the words it occurs in, once for each place; overlapping places count.
    var count: Int64
    /// The first place of its list of words, 0 when it has none.
    var firstPlace: UInt32
    /// The word put last on the list.
    var lastWord: UInt32
  }

  private(set) var pairs = GrowingBuffer<Pair>(capacity: 1 << 16)
  /// Lists of words, each a word in the low half and the next place in the high half.
  ///
  /// Words stay on a list when the pair has left them; a second look finds nothing there.
  private(set) var places = GrowingBuffer<UInt64>(capacity: 1 << 16)
  /// The number of a pair plus one, by the hash of its key; 0 is empty.
  private var table: UnsafeMutablePointer<UInt32>
  private var capacity = 1 << 17

  init() {
    unsafe table = TableMemory.allocate(repeating: 0, count: capacity)
    places.append(0)
  }

  func deallocate() {
    unsafe table.deallocate()
    pairs.deallocate()
    places.deallocate()
  }

  var memoryByteCount: Int {
    pairs.memoryByteCount + places.memoryByteCount + capacity * MemoryLayout<UInt32>.stride
  }

  @inline(__always)
  static func key(_ left: UInt32, _ right: UInt32) -> UInt64 {
    UInt64(left) &<< 32 | UInt64(right)
  }

  /// The number of a pair, which is made when it is new.
  @inline(__always)
  mutating func number(_ left: UInt32, _ right: UInt32) -> Int {
    let key = Self.key(left, right)
    var place = Self.hash(key) & (capacity &- 1)
    // SAFETY: `place` is masked to the capacity; entries are numbers of pairs plus one.
    while true {
      let entry = unsafe table[place]
      if entry == 0 { break }
      if unsafe pairs.base[Int(entry) &- 1].key == key { return Int(entry) &- 1 }
      place = (place &+ 1) & (capacity &- 1)
    }
    return add(key, at: place)
  }

  @inline(never)
  private mutating func add(_ key: UInt64, at place: Int) -> Int {
    pairs.append(Pair(key: key, count: 0, firstPlace: 0, lastWord: .max))
    unsafe table[place] = UInt32(pairs.count)
    if pairs.count &* 2 > capacity { grow() }
    return pairs.count &- 1
  }

  @inline(__always)
  mutating func subtract(_ count: Int64, from number: Int) {
    // SAFETY: numbers are those of pairs.
    unsafe pairs.base[number].count &-= count
  }

  /// Adds one place of a word with this count.
  @inline(__always)
  mutating func add(_ count: Int64, to number: Int, word: UInt32) {
    // SAFETY: numbers are those of pairs.
    let pair = unsafe pairs.base + number
    unsafe pair.pointee.count &+= count
    if unsafe pair.pointee.lastWord == word { return }
    unsafe pair.pointee.lastWord = word
    let next = unsafe pair.pointee.firstPlace
    unsafe pair.pointee.firstPlace = UInt32(truncatingIfNeeded: places.count)
    places.append(UInt64(word) | UInt64(next) &<< 32)
  }

  /// A pair that has been merged or refused occurs no more.
  mutating func retire(_ number: Int) {
    unsafe pairs.base[number].count = 0
    unsafe pairs.base[number].firstPlace = 0
  }

  @inline(__always)
  private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 28)
  }

  private mutating func grow() {
    unsafe table.deallocate()
    capacity *= 2
    unsafe table = TableMemory.allocate(repeating: 0, count: capacity)
    for number in 0..<pairs.count {
      var place = unsafe Self.hash(pairs.base[number].key) & (capacity - 1)
      while unsafe table[place] != 0 { place = (place + 1) & (capacity - 1) }
      unsafe table[place] = UInt32(number + 1)
    }
  }
}
