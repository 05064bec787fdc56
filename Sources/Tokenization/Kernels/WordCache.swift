internal import ByteKernels
internal import CKernels

/// The ids of pre-tokens met before, in bounded memory.
///
/// A table of cache lines with two slots each, where a pre-token lies in the line of its hash or one of
/// the seven behind it. Up to five ids are in the slot itself; more of them, and the bytes of a
/// pre-token of 16 bytes or more, are in a ring. The table doubles until it has its full size; then a
/// new pre-token pushes out one of its first line.
@safe final class WordCache {
  private var slots: UnsafeMutablePointer<ck_word_slot>
  private var lineCount: Int
  private let maximumLineCount: Int
  private var usedCount = 0
  private let ring: IDRing

  private static let initialLineCount = 1 << 9
  private static let lineByteCount = 2 * MemoryLayout<ck_word_slot>.stride

  /// A cache of at most `memoryByteCount` bytes, though never less than 64 KiB, with room for
  /// `expectedCount` pre-tokens at once where that is not more.
  init(memoryByteCount: Int, expectedCount: Int) {
    var maximum = Self.initialLineCount
    // While the table doubles, the old one is there too.
    while maximum * 2 * Self.lineByteCount <= memoryByteCount / 2 { maximum *= 2 }
    maximumLineCount = maximum
    var count = Self.initialLineCount
    while count < maximum, !Self.hasRoom(expectedCount, count) { count *= 2 }
    lineCount = count
    unsafe slots = Self.table(count)
    ring = IDRing(memoryByteCount: memoryByteCount / 4)
  }

  deinit {
    unsafe slots.deallocate()
  }

  private static func table(_ lineCount: Int) -> UnsafeMutablePointer<ck_word_slot> {
    unsafe TableMemory.allocate(repeating: ck_word_slot(), count: 2 * lineCount)
  }

  /// Five eighths of the slots are used at most: beyond, too many lie behind their first line.
  private static func hasRoom(_ count: Int, _ lineCount: Int) -> Bool {
    count <= lineCount + lineCount / 4
  }

  /// What the kernels read; good until the next insertion.
  var view: ck_words {
    // SAFETY: the pointers are those of the table and the ring, which this cache owns.
    unsafe ck_words(
      slots: slots, line_mask: UInt64(lineCount - 1),
      shift: UInt64(lineCount.leadingZeroBitCount + 1), ring: ring.bytes, head: ring.head,
      turn: ring.turn)
  }

  /// Remembers `count` ids for a pre-token; true when the table has grown, so that lines are others.
  func insert(
    _ key: ck_word_key, _ bytes: UnsafePointer<UInt8>, _ ids: UnsafePointer<UInt32>, _ count: Int
  ) -> Bool {
    if key.high == 0 { return false }
    guard let slot = unsafe slot(key, bytes, ids, count) else { return false }
    if unsafe Self.place(slot, in: slots, lineCount) { usedCount += 1 }
    if Self.hasRoom(usedCount, lineCount) || lineCount == maximumLineCount { return false }
    grow()
    return true
  }

  private func slot(
    _ key: ck_word_key, _ bytes: UnsafePointer<UInt8>, _ ids: UnsafePointer<UInt32>, _ count: Int
  ) -> ck_word_slot? {
    var slot = ck_word_slot(low: key.low, high: key.high, first: 0, second: 0)
    let isLong = key.high & ck_word_long != 0
    if isLong || count > ck_word_inline_ids {
      let byteCount = isLong ? Int(key.high & 0xFFFF_FFFF) : 0
      guard let place = unsafe ring.append(bytes, byteCount, ids, count) else { return nil }
      slot.first = place
      slot.second = ck_word_far | UInt64(count)
      return slot
    }
    for index in 0..<count {
      // SAFETY: there are `count` ids.
      let id = unsafe UInt64(ids[index])
      // A shift of more than 63 gives 0, in both directions.
      slot.first |= id << (24 * UInt64(index))
      slot.second |= index < 3 ? id >> (64 - 24 * UInt64(index)) : id << (24 * UInt64(index) - 64)
    }
    slot.second |= UInt64(count) << 56
    return slot
  }

  /// Puts a slot into the first free place of its lines, or where it was before; true when it takes a
  /// free one.
  private static func place(
    _ new: ck_word_slot, in slots: UnsafeMutablePointer<ck_word_slot>, _ lineCount: Int
  ) -> Bool {
    let first = Int(ck_word_hash(new.low, new.high) >> UInt64(lineCount.leadingZeroBitCount + 1))
    for step in 0..<ck_word_lines {
      // SAFETY: lines are below `lineCount`, and each has two slots.
      let line = unsafe slots + 2 * ((first &+ step) & (lineCount &- 1))
      for index in 0..<2 {
        let old = unsafe line[index]
        let isFree = old.high == 0
        if isFree || (old.low == new.low && old.high == new.high) {
          unsafe line[index] = new
          return isFree
        }
      }
    }
    let line = unsafe slots + 2 * first
    unsafe line[1] = unsafe line[0]
    unsafe line[0] = new
    return false
  }

  /// Doubles the table.
  ///
  /// Lines are the upper bits of hashes, so both tables are gone through in order.
  private func grow() {
    let (old, oldCount) = unsafe (slots, 2 * lineCount)
    lineCount *= 2
    unsafe slots = Self.table(lineCount)
    usedCount = 0
    for index in 0..<oldCount {
      // SAFETY: the old table has so many slots.
      let slot = unsafe old[index]
      if slot.high != 0, unsafe Self.place(slot, in: slots, lineCount) { usedCount += 1 }
    }
    unsafe old.deallocate()
  }
}
