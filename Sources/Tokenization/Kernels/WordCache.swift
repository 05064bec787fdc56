internal import ByteKernels

/// The ids of pre-tokens met before, in memory of fixed size.
///
/// Pre-tokens of up to 15 bytes lie in buckets of two slots, one cache line, longer ones in buckets of
/// four; a new one pushes out the oldest of its bucket. Up to three ids are in the slot itself, more
/// are in a ring, where the newest overwrite the oldest.
@safe final class WordCache {
  struct Slot {
    var key = ShortKey.none
    /// The ids, or the place in the ring of more than three: low half, then high half.
    var first: UInt32 = 0
    var second: UInt32 = 0
    var third: UInt32 = 0
    var count: UInt32 = 0
  }

  struct LongSlot {
    /// Zero when the slot is empty.
    var hash: UInt64 = 0
    var place: IDRing.Place = 0
  }

  static let idsInSlot: UInt32 = 3
  /// Longer pre-tokens hardly ever come again.
  static let longestByteCount = 1024

  let slots: UnsafeMutablePointer<Slot>
  /// A hash and this mask give the first slot of a bucket.
  let mask: Int
  let longSlots: UnsafeMutablePointer<LongSlot>
  private let longMask: Int
  private let ring: IDRing

  /// A cache of at most `memoryByteCount` bytes, though never less than 64 KiB.
  init(memoryByteCount: Int) {
    let budget = max(memoryByteCount, 1 << 16)
    mask = Self.slotCount(budget / 2, MemoryLayout<Slot>.stride, bucket: 2) - 2
    longMask = Self.slotCount(budget / 8, MemoryLayout<LongSlot>.stride, bucket: 4) - 4
    unsafe slots = TableMemory.allocate(repeating: Slot(), count: mask + 2)
    unsafe longSlots = TableMemory.allocate(repeating: LongSlot(), count: longMask + 4)
    ring = IDRing(memoryByteCount: budget / 8 * 3)
  }

  deinit {
    unsafe slots.deallocate()
    unsafe longSlots.deallocate()
  }

  private static func slotCount(_ memoryByteCount: Int, _ stride: Int, bucket: Int) -> Int {
    var count = bucket
    while count * 2 * stride <= memoryByteCount { count *= 2 }
    return count
  }

  // MARK: short pre-tokens

  /// The first slot of a short pre-token's bucket.
  @inline(__always)
  func bucket(_ key: ShortKey) -> UnsafeMutablePointer<Slot> {
    // SAFETY: the mask leaves the first slot of a bucket.
    unsafe slots + (Int(truncatingIfNeeded: key.hash) & mask)
  }

  /// Appends the ids of a short pre-token, wherever they are; false when they are not known.
  func append(
    _ key: ShortKey, _ bytes: UnsafePointer<UInt8>, to output: inout GrowingBuffer<UInt32>
  ) -> Bool {
    let bucket = unsafe bucket(key)
    for index in 0..<2 where unsafe bucket[index].key == key {
      let slot = unsafe bucket[index]
      if slot.count <= Self.idsInSlot {
        for id in [slot.first, slot.second, slot.third].prefix(Int(slot.count)) {
          output.append(id)
        }
        return true
      }
      let place = UInt64(slot.first) | UInt64(slot.second) << 32
      return unsafe ring.append(place, of: bytes, key.byteCount, to: &output)
    }
    return false
  }

  /// Remembers the last `count` ids of `output` for a short pre-token that is not known.
  func insert(
    _ key: ShortKey, _ bytes: UnsafePointer<UInt8>, _ count: Int,
    of output: borrowing GrowingBuffer<UInt32>
  ) {
    var slot = Slot(key: key, count: UInt32(count))
    // SAFETY: `output` ends with `count` ids; buckets are pairs of slots.
    let source = unsafe output.base + (output.count - count)
    if count > Self.idsInSlot {
      guard let place = unsafe ring.append(bytes, key.byteCount, source, count) else { return }
      slot.first = UInt32(truncatingIfNeeded: place)
      slot.second = UInt32(truncatingIfNeeded: place >> 32)
    } else {
      slot.first = unsafe source[0]
      slot.second = count > 1 ? unsafe source[1] : 0
      slot.third = count > 2 ? unsafe source[2] : 0
    }
    let bucket = unsafe bucket(key)
    // A slot of the same pre-token, whose ids the ring has lost, is the one to go.
    if unsafe bucket[0].key != key { unsafe bucket[1] = unsafe bucket[0] }
    unsafe bucket[0] = slot
  }

  // MARK: long pre-tokens

  /// The first slot of a long pre-token's bucket.
  @inline(__always)
  func longBucket(_ hash: UInt64) -> UnsafeMutablePointer<LongSlot> {
    // SAFETY: the mask leaves the first slot of a bucket.
    unsafe longSlots + (Int(truncatingIfNeeded: hash &>> 8) & longMask)
  }

  /// Appends the ids of a long pre-token; false when they are not known.
  func appendLong(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, hash: UInt64,
    to output: inout GrowingBuffer<UInt32>
  ) -> Bool {
    let bucket = unsafe longBucket(hash)
    for index in 0..<4 where unsafe bucket[index].hash == hash {
      if unsafe ring.append(bucket[index].place, of: bytes, byteCount, to: &output) { return true }
    }
    return false
  }

  /// Remembers the last `count` ids of `output` for a long pre-token that is not known.
  func insertLong(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, hash: UInt64, _ count: Int,
    of output: borrowing GrowingBuffer<UInt32>
  ) {
    // SAFETY: `output` ends with `count` ids; buckets are four slots.
    let source = unsafe output.base + (output.count - count)
    guard let place = unsafe ring.append(bytes, byteCount, source, count) else { return }
    let bucket = unsafe longBucket(hash)
    for index in [3, 2, 1] { unsafe bucket[index] = unsafe bucket[index - 1] }
    unsafe bucket[0] = LongSlot(hash: hash, place: place)
  }
}
