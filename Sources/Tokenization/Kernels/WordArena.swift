internal import ByteKernels

/// What a token is kept as in training: 16 bits while they do, else 32.
protocol TokenUnit: FixedWidthInteger, UnsignedInteger, BitwiseCopyable, Sendable {}
extension UInt16: TokenUnit {}
extension UInt32: TokenUnit {}

/// The words a vocabulary is trained on: each its count and the tokens it is made of at present.
///
/// A word is a run of units, one word behind the other: the number of its tokens, its count in 32
/// bits, the tokens. Counts of 2^31 and more lie in a list of their own. Units that merges set free
/// hold `filler` until the words are moved together.
@safe struct WordArena<Unit: TokenUnit> {
  private(set) var units: GrowingBuffer<Unit>
  private var largeCounts: [Int64] = []
  private(set) var wordCount = 0
  /// A word's place is its first unit's, divided by 2 to this power, so that it fits in 32 bits.
  let placeShift: Int

  static var filler: Unit { .max }
  /// Units before a word's tokens.
  static var headerCount: Int { 1 + 4 / MemoryLayout<Unit>.size }
  /// No word may have more tokens.
  static var maximumLength: Int { Int(Unit.max) - 1 }

  /// The units that words of so many tokens take, at most, and the shift of their places.
  static func room(wordCount: Int, tokenCount: Int) -> (unitCount: Int, placeShift: Int) {
    let bare = wordCount * headerCount + tokenCount
    var shift = 0
    while (bare + wordCount << shift) >> shift > Int(UInt32.max) { shift += 1 }
    return (bare + wordCount * ((1 << shift) - 1), shift)
  }

  /// Room for words of so many tokens in all.
  init(wordCount: Int, tokenCount: Int) {
    let room = Self.room(wordCount: wordCount, tokenCount: tokenCount)
    units = GrowingBuffer(capacity: room.unitCount)
    placeShift = room.placeShift
  }

  func deallocate() {
    units.deallocate()
  }

  var memoryByteCount: Int {
    units.memoryByteCount + largeCounts.capacity * MemoryLayout<Int64>.stride
  }

  /// Begins a word of so many tokens, which the caller then writes.
  mutating func append(count: Int64, length: Int) -> UnsafeMutablePointer<Unit> {
    precondition(length <= Self.maximumLength)
    while units.count & ((1 << placeShift) - 1) != 0 { units.append(Self.filler) }
    let start = units.count
    units.reserve(Self.headerCount + length)
    units.setCount(start + Self.headerCount + length)
    // SAFETY: the units were reserved.
    let word = unsafe units.base + start
    unsafe word[0] = Unit(length)
    unsafe setCount(count, of: word)
    wordCount += 1
    return unsafe word + Self.headerCount
  }

  /// The word at a place.
  @inline(__always)
  func word(at place: UInt32) -> UnsafeMutablePointer<Unit> {
    // SAFETY: places are given out for words alone.
    unsafe units.base + (Int(place) &<< placeShift)
  }

  @inline(__always)
  func count(of word: UnsafeMutablePointer<Unit>) -> Int64 {
    let raw = unsafe UnsafeRawPointer(word + 1).loadUnaligned(as: UInt32.self)
    return raw >> 31 == 0 ? Int64(raw) : largeCounts[Int(raw & 0x7FFF_FFFF)]
  }

  private mutating func setCount(_ count: Int64, of word: UnsafeMutablePointer<Unit>) {
    var raw = UInt32(truncatingIfNeeded: count)
    if count >= 1 << 31 {
      raw = 1 << 31 | UInt32(largeCounts.count)
      largeCounts.append(count)
    }
    unsafe UnsafeMutableRawPointer(word + 1).storeBytes(of: raw, as: UInt32.self)
  }

  /// Calls `body` with every word, its place, its length and its count.
  @inline(__always)
  func forEach(
    _ body: (
      _ word: UnsafeMutablePointer<Unit>, _ place: UInt32, _ length: Int, _ count: Int64
    ) -> Void
  ) {
    let base = unsafe units.base
    var offset = 0
    while offset < units.count {
      // SAFETY: a unit that is no filler begins a word, which ends within the units.
      let first = unsafe base[offset]
      if first == Self.filler {
        offset &+= 1
        continue
      }
      let word = unsafe base + offset
      let length = Int(truncatingIfNeeded: first)
      let place = UInt32(truncatingIfNeeded: offset &>> placeShift)
      unsafe body(word, place, length, count(of: word))
      offset &+= Self.headerCount &+ length
    }
  }

  /// Drops the words of one token and moves the others together; all places change.
  ///
  /// Returns the sum of the counts of the words dropped.
  mutating func compact() -> Int64 {
    let base = unsafe units.base
    let step = 1 << placeShift
    var (read, write, kept) = (0, 0, 0)
    var dropped: Int64 = 0
    while read < units.count {
      // SAFETY: as in `forEach`; what is written lies before what is read.
      let first = unsafe base[read]
      if first == Self.filler {
        read &+= 1
        continue
      }
      let size = Self.headerCount &+ Int(truncatingIfNeeded: first)
      if first > 1 {
        while write & (step &- 1) != 0 {
          unsafe base[write] = Self.filler
          write &+= 1
        }
        if write != read { unsafe (base + write).update(from: base + read, count: size) }
        write &+= size
        kept &+= 1
      } else {
        unsafe dropped &+= count(of: base + read)
      }
      read &+= size
    }
    units.setCount(write)
    wordCount = kept
    return dropped
  }
}
