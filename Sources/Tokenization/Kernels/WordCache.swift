/// The ids of pre-tokens met before, in memory of fixed size.
///
/// Pre-tokens of up to 15 bytes lie in buckets of two slots, one cache line, where a new one pushes out
/// the older. Longer ones, and those of more than three ids, have their ids in arenas; when these are
/// full, everything is forgotten.
@safe final class WordCache {
  struct Slot {
    var key = ShortKey.none
    var first: UInt32 = 0
    var second: UInt32 = 0
    var third: UInt32 = 0
    /// Up to three ids are in the slot itself; of more, `first` says where they are.
    var count: UInt32 = 0
  }

  private struct LongSlot {
    /// Zero when the slot is empty.
    var hash: UInt64 = 0
    var bytesStart: UInt32 = 0
    var byteCount: UInt32 = 0
    var idsStart: UInt32 = 0
    var idCount: UInt32 = 0
  }

  static let idsInSlot: UInt32 = 3
  /// Longer pre-tokens hardly ever come again.
  static let longestByteCount = 1024

  let slots: UnsafeMutablePointer<Slot>
  /// A hash and this mask give the first slot of a bucket.
  let bucketMask: Int
  private let longSlots: UnsafeMutablePointer<LongSlot>
  private let longCapacity: Int
  private var longCount = 0
  private let bytes: UnsafeMutablePointer<UInt8>
  private let byteCapacity: Int
  private var byteCount = 0
  private let ids: UnsafeMutablePointer<UInt32>
  private let idCapacity: Int
  private var idCount = 0

  /// A cache of at most `memoryByteCount` bytes, though never less than 64 KiB.
  init(memoryByteCount: Int) {
    let budget = min(max(memoryByteCount, 1 << 16), 1 << 33)
    var buckets = 1
    while buckets * 2 * 2 * MemoryLayout<Slot>.stride <= budget / 2 { buckets *= 2 }
    bucketMask = (buckets - 1) << 1
    var capacity = 1
    while capacity * 2 * MemoryLayout<LongSlot>.stride <= budget / 8 { capacity *= 2 }
    longCapacity = capacity
    byteCapacity = budget / 8
    idCapacity = budget / 16
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: buckets * 2 * MemoryLayout<Slot>.stride, alignment: 64)
    unsafe slots = raw.bindMemory(to: Slot.self, capacity: buckets * 2)
    unsafe longSlots = .allocate(capacity: longCapacity)
    unsafe bytes = .allocate(capacity: byteCapacity)
    unsafe ids = .allocate(capacity: idCapacity)
    forget()
  }

  deinit {
    unsafe slots.deallocate()
    unsafe longSlots.deallocate()
    unsafe bytes.deallocate()
    unsafe ids.deallocate()
  }

  private func forget() {
    unsafe slots.initialize(repeating: Slot(), count: bucketMask + 2)
    unsafe longSlots.initialize(repeating: LongSlot(), count: longCapacity)
    (longCount, byteCount, idCount) = (0, 0, 0)
  }

  // MARK: short pre-tokens

  @inline(__always)
  func bucket(_ key: ShortKey) -> Int {
    Int(truncatingIfNeeded: key.hash) & bucketMask
  }

  /// Copies the ids of a slot whose ids are elsewhere.
  func append(_ slot: Slot, to output: inout GrowingBuffer<UInt32>) {
    append(Int(slot.first), Int(slot.count), to: &output)
  }

  /// Remembers the last `count` ids of `output` for a pre-token that is not in its bucket.
  func insert(_ key: ShortKey, _ count: Int, of output: borrowing GrowingBuffer<UInt32>) {
    var slot = Slot(key: key, count: UInt32(count))
    // SAFETY: `output` ends with `count` ids; buckets are pairs of slots.
    let source = unsafe output.base + (output.count - count)
    if count > Self.idsInSlot {
      if idCount + count > idCapacity { forget() }
      slot.first = UInt32(idCount)
      unsafe keep(source, count)
    } else {
      slot.first = unsafe source[0]
      slot.second = count > 1 ? unsafe source[1] : 0
      slot.third = count > 2 ? unsafe source[2] : 0
    }
    let place = bucket(key)
    unsafe slots[place + 1] = unsafe slots[place]
    unsafe slots[place] = slot
  }

  // MARK: long pre-tokens

  /// Appends the ids of a long pre-token; false when it is not known.
  func appendLong(
    _ word: UnsafePointer<UInt8>, _ wordByteCount: Int, hash: UInt64,
    to output: inout GrowingBuffer<UInt32>
  ) -> Bool {
    let place = unsafe longPlace(word, wordByteCount, hash)
    // SAFETY: the place is one of the slots, whose ids lie in the arena.
    let slot = unsafe longSlots[place]
    if slot.hash == 0 { return false }
    append(Int(slot.idsStart), Int(slot.idCount), to: &output)
    return true
  }

  /// Remembers the last `count` ids of `output` for a long pre-token that is not known.
  func insertLong(
    _ word: UnsafePointer<UInt8>, _ wordByteCount: Int, hash: UInt64, _ count: Int,
    of output: borrowing GrowingBuffer<UInt32>
  ) {
    let isFull =
      byteCount + wordByteCount > byteCapacity || idCount + count > idCapacity
      || (longCount + 1) * 2 > longCapacity
    if isFull { forget() }
    if wordByteCount > byteCapacity || count > idCapacity { return }
    let place = unsafe longPlace(word, wordByteCount, hash)
    let slot = LongSlot(
      hash: hash, bytesStart: UInt32(byteCount), byteCount: UInt32(wordByteCount),
      idsStart: UInt32(idCount), idCount: UInt32(count))
    // SAFETY: there is room for the bytes and the ids.
    unsafe (bytes + byteCount).update(from: word, count: wordByteCount)
    byteCount += wordByteCount
    unsafe keep(output.base + (output.count - count), count)
    unsafe longSlots[place] = slot
    longCount += 1
  }

  private func longPlace(_ word: UnsafePointer<UInt8>, _ wordByteCount: Int, _ hash: UInt64) -> Int
  {
    let mask = longCapacity &- 1
    var place = Int(truncatingIfNeeded: hash &>> 1) & mask
    // SAFETY: `place` is masked to the capacity, half of which is empty.
    while unsafe longSlots[place].hash != 0 {
      let slot = unsafe longSlots[place]
      if slot.hash == hash, Int(slot.byteCount) == wordByteCount,
        unsafe LongHash.equal(bytes + Int(slot.bytesStart), word, wordByteCount)
      {
        return place
      }
      place = (place &+ 1) & mask
    }
    return place
  }

  // MARK: the arena of ids

  private func keep(_ source: UnsafePointer<UInt32>, _ count: Int) {
    unsafe (ids + idCount).update(from: source, count: count)
    idCount += count
  }

  private func append(_ start: Int, _ count: Int, to output: inout GrowingBuffer<UInt32>) {
    output.reserve(count)
    // SAFETY: `count` places have been reserved; the ids lie in the arena.
    unsafe (output.base + output.count).update(from: ids + start, count: count)
    output.setCount(output.count &+ count)
  }
}
