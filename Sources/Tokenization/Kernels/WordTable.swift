internal import ByteKernels
internal import CKernels

/// Counts of distinct pre-tokens in two open hash tables: one for those of up to 15 bytes, which it
/// holds in place, one for the longer, whose bytes lie in an arena.
@safe final class WordTable {
  struct ShortSlot {
    var key: ShortKey
    var count: UInt64
  }

  struct LongSlot {
    /// Zero when the slot is empty.
    var hash: UInt64
    var start: Int
    var byteCount: Int
    var count: UInt64
  }

  private var shortSlots: UnsafeMutablePointer<ShortSlot>
  private var longSlots: UnsafeMutablePointer<LongSlot>
  private var arena: UnsafeMutablePointer<UInt8>
  private var shortCapacity: Int
  private var longCapacity: Int
  private var arenaCapacity: Int
  private var shortCount = 0
  private var longCount = 0
  private var arenaCount = 0
  private let keys: UnsafeMutablePointer<ShortKey>

  private static let firstCapacity = 1024
  private static let firstArenaCapacity = 1 << 14

  init() {
    shortCapacity = Self.firstCapacity
    longCapacity = Self.firstCapacity
    arenaCapacity = Self.firstArenaCapacity
    unsafe shortSlots = Self.shortTable(shortCapacity)
    unsafe longSlots = Self.longTable(longCapacity)
    unsafe arena = .allocate(capacity: arenaCapacity)
    unsafe keys = .allocate(capacity: PieceScanner.maximumPieceCount)
  }

  deinit {
    unsafe shortSlots.deallocate()
    unsafe longSlots.deallocate()
    unsafe arena.deallocate()
    unsafe keys.deallocate()
  }

  /// Distinct pre-tokens held.
  var wordCount: Int { shortCount + longCount }

  /// Bytes of all distinct pre-tokens longer than 15, and 15 for each of the others.
  var textByteCountBound: Int { arenaCount + shortCount * ShortKey.maximumByteCount }

  /// Bytes of memory the tables take.
  var memoryByteCount: Int {
    shortCapacity * MemoryLayout<ShortSlot>.stride + longCapacity * MemoryLayout<LongSlot>.stride
      + arenaCapacity
  }

  // MARK: adding

  /// Makes room for `count` more pre-tokens, unless the tables would then take more than
  /// `memoryByteCount` bytes; false when they would.
  func makeRoom(for count: Int, within memoryByteCount: Int) -> Bool {
    while (shortCount + count) * 5 > shortCapacity * 3 {
      if self.memoryByteCount + shortCapacity * MemoryLayout<ShortSlot>.stride > memoryByteCount {
        return false
      }
      growShort()
    }
    while (longCount + count) * 5 > longCapacity * 3 {
      if self.memoryByteCount + longCapacity * MemoryLayout<LongSlot>.stride > memoryByteCount {
        return false
      }
      growLong()
    }
    return self.memoryByteCount <= memoryByteCount || wordCount == 0
  }

  /// Counts `count` pre-tokens of a text, for which there must be room.
  func add(
    _ text: UnsafeBufferPointer<UInt8>, _ boundaries: UnsafePointer<Int>, _ count: Int
  ) {
    guard let base = text.baseAddress else { return }
    let slots = unsafe shortSlots
    let mask = shortCapacity &- 1
    // SAFETY: boundaries are places in the text, and `keys` has room for a chunk of pre-tokens.
    for index in 0..<count {
      let start = unsafe boundaries[index]
      let byteCount = unsafe boundaries[index &+ 1] &- start
      if byteCount > ShortKey.maximumByteCount {
        unsafe keys[index] = .none
        continue
      }
      let key = unsafe ShortKey(base + start, byteCount: byteCount, readable: text.count &- start)
      unsafe keys[index] = key
      unsafe ck_prefetch(slots + (Int(truncatingIfNeeded: key.hash) & mask))
    }
    for index in 0..<count {
      let key = unsafe keys[index]
      if key.high != 0 {
        add(key, count: 1)
      } else {
        let start = unsafe boundaries[index]
        unsafe addLong(base + start, boundaries[index &+ 1] &- start, count: 1)
      }
    }
  }

  /// Adds to the count of one pre-token, for which there must be room.
  func add(_ word: Span<UInt8>, count: UInt64) {
    unsafe word.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      if bytes.count > ShortKey.maximumByteCount {
        unsafe addLong(base, bytes.count, count: count)
      } else {
        add(unsafe ShortKey(base, byteCount: bytes.count, readable: bytes.count), count: count)
      }
    }
  }

  @inline(__always)
  private func add(_ key: ShortKey, count: UInt64) {
    let mask = shortCapacity &- 1
    var place = Int(truncatingIfNeeded: key.hash) & mask
    // SAFETY: `place` is masked to the capacity; there is always an empty slot.
    while true {
      let slot = unsafe shortSlots + place
      if unsafe slot.pointee.key == key {
        unsafe slot.pointee.count &+= count
        return
      }
      if unsafe slot.pointee.key.high == 0 {
        unsafe slot.pointee = ShortSlot(key: key, count: count)
        shortCount &+= 1
        return
      }
      place = (place &+ 1) & mask
    }
  }

  @inline(never)
  private func addLong(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int, count: UInt64) {
    let hash = unsafe LongHash.hash(bytes, byteCount) | 1
    let mask = longCapacity &- 1
    var place = Int(truncatingIfNeeded: hash &>> 1) & mask
    // SAFETY: `place` is masked to the capacity; a slot's bytes lie in the arena.
    while unsafe longSlots[place].hash != 0 {
      let slot = unsafe longSlots[place]
      if slot.hash == hash, slot.byteCount == byteCount,
        unsafe LongHash.equal(arena + slot.start, bytes, byteCount)
      {
        unsafe longSlots[place].count &+= count
        return
      }
      place = (place &+ 1) & mask
    }
    makeArenaRoom(byteCount)
    unsafe (arena + arenaCount).update(from: bytes, count: byteCount)
    unsafe longSlots[place] = LongSlot(
      hash: hash, start: arenaCount, byteCount: byteCount, count: count)
    arenaCount &+= byteCount
    longCount &+= 1
  }

  // MARK: taking out

  /// Gives every pre-token and its count in byte order, and empties the tables.
  func drain<Failure: Error>(_ body: (Span<UInt8>, UInt64) throws(Failure) -> Void) throws(Failure)
  {
    let shorts = unsafe sortedShort()
    let longs = unsafe sortedLong()
    defer { reset() }
    var bytes = [UInt8](repeating: 0, count: 16)
    var (i, j) = (0, 0)
    while i < shorts.count || j < longs.count {
      let isShort =
        unsafe j == longs.count || (i < shorts.count && precedes(shorts[i].key, longs[j]))
      if isShort {
        let slot = unsafe shorts[i]
        unsafe bytes.withUnsafeMutableBufferPointer { target in
          if let base = target.baseAddress { unsafe slot.key.store(to: base) }
        }
        try body(bytes.span.extracting(0..<slot.key.byteCount), slot.count)
        i += 1
      } else {
        let slot = unsafe longs[j]
        // SAFETY: the slot's bytes lie in the arena, which does not change meanwhile.
        let word = unsafe UnsafeBufferPointer(start: arena + slot.start, count: slot.byteCount)
        try body(unsafe Span(_unsafeElements: word), slot.count)
        j += 1
      }
    }
  }

  private func precedes(_ key: ShortKey, _ long: LongSlot) -> Bool {
    let other = unsafe ShortKey(
      arena + long.start, byteCount: ShortKey.maximumByteCount, readable: long.byteCount)
    // Where the first 15 bytes agree, the shorter comes first.
    return !ShortKey.precedes(other, key)
  }

  /// Moves the used slots to the front and sorts them there.
  private func sortedShort() -> UnsafeMutableBufferPointer<ShortSlot> {
    var used = 0
    for place in 0..<shortCapacity where unsafe shortSlots[place].key.high != 0 {
      unsafe shortSlots[used] = unsafe shortSlots[place]
      used += 1
    }
    let slots = unsafe UnsafeMutableBufferPointer(start: shortSlots, count: used)
    unsafe FlagSort.sort(
      slots, word: { $1 == 0 ? $0.key.low.byteSwapped : $0.key.high.byteSwapped }, wordCount: 2,
      precedes: { ShortKey.precedes($0.key, $1.key) })
    return unsafe slots
  }

  private func sortedLong() -> UnsafeMutableBufferPointer<LongSlot> {
    var used = 0
    for place in 0..<longCapacity where unsafe longSlots[place].hash != 0 {
      var slot = unsafe longSlots[place]
      // SAFETY: more than 15 bytes of the slot's lie in the arena.
      let bytes = unsafe UnsafeRawPointer(arena + slot.start)
      // The hash has served; the first bytes sort.
      slot.hash = unsafe UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
      unsafe longSlots[used] = slot
      used += 1
    }
    let slots = unsafe UnsafeMutableBufferPointer(start: longSlots, count: used)
    let arena = unsafe UnsafePointer(arena)
    unsafe FlagSort.sort(slots, word: { slot, _ in slot.hash }, wordCount: 1) { a, b in
      if a.hash != b.hash { return a.hash < b.hash }
      return unsafe Self.precedes(arena + a.start, a.byteCount, arena + b.start, b.byteCount)
    }
    return unsafe slots
  }

  /// Byte order of two runs of bytes.
  private static func precedes(
    _ a: UnsafePointer<UInt8>, _ aCount: Int, _ b: UnsafePointer<UInt8>, _ bCount: Int
  ) -> Bool {
    let shared = min(aCount, bCount)
    var place = 0
    // SAFETY: places are below both counts.
    while place < shared {
      if unsafe a[place] != b[place] { return unsafe a[place] < b[place] }
      place &+= 1
    }
    return aCount < bCount
  }

  private func reset() {
    unsafe shortSlots.initialize(
      repeating: ShortSlot(key: .none, count: 0), count: shortCapacity)
    unsafe longSlots.initialize(
      repeating: LongSlot(hash: 0, start: 0, byteCount: 0, count: 0), count: longCapacity)
    (shortCount, longCount, arenaCount) = (0, 0, 0)
  }

  /// Gives the memory of empty tables back.
  func shrink() {
    unsafe shortSlots.deallocate()
    unsafe longSlots.deallocate()
    unsafe arena.deallocate()
    shortCapacity = Self.firstCapacity
    longCapacity = Self.firstCapacity
    arenaCapacity = Self.firstArenaCapacity
    unsafe shortSlots = Self.shortTable(shortCapacity)
    unsafe longSlots = Self.longTable(longCapacity)
    unsafe arena = .allocate(capacity: arenaCapacity)
    (shortCount, longCount, arenaCount) = (0, 0, 0)
  }
}

/// Memory of the tables.
extension WordTable {
  private static func shortTable(_ capacity: Int) -> UnsafeMutablePointer<ShortSlot> {
    unsafe TableMemory.allocate(repeating: ShortSlot(key: .none, count: 0), count: capacity)
  }

  private static func longTable(_ capacity: Int) -> UnsafeMutablePointer<LongSlot> {
    unsafe TableMemory.allocate(
      repeating: LongSlot(hash: 0, start: 0, byteCount: 0, count: 0), count: capacity)
  }

  private func growShort() {
    let old = unsafe shortSlots
    let oldCapacity = shortCapacity
    shortCapacity *= 2
    unsafe shortSlots = Self.shortTable(shortCapacity)
    let mask = shortCapacity - 1
    for index in 0..<oldCapacity {
      let slot = unsafe old[index]
      if slot.key.high == 0 { continue }
      var place = Int(truncatingIfNeeded: slot.key.hash) & mask
      while unsafe shortSlots[place].key.high != 0 { place = (place + 1) & mask }
      unsafe shortSlots[place] = slot
    }
    unsafe old.deallocate()
  }

  private func growLong() {
    let old = unsafe longSlots
    let oldCapacity = longCapacity
    longCapacity *= 2
    unsafe longSlots = Self.longTable(longCapacity)
    let mask = longCapacity - 1
    for index in 0..<oldCapacity {
      let slot = unsafe old[index]
      if slot.hash == 0 { continue }
      var place = Int(truncatingIfNeeded: slot.hash &>> 1) & mask
      while unsafe longSlots[place].hash != 0 { place = (place + 1) & mask }
      unsafe longSlots[place] = slot
    }
    unsafe old.deallocate()
  }

  /// The arena grows whenever it must: a single pre-token may be larger than any budget.
  private func makeArenaRoom(_ byteCount: Int) {
    if arenaCount + byteCount <= arenaCapacity { return }
    while arenaCount + byteCount > arenaCapacity { arenaCapacity *= 2 }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: arenaCapacity)
    unsafe larger.update(from: arena, count: arenaCount)
    unsafe arena.deallocate()
    unsafe arena = larger
  }
}
