internal import ByteKernels

/// Ids of pre-tokens, and the bytes of long ones, in a ring where the newest overwrite the oldest.
@safe final class IDRing {
  /// A record's place, counted in 32-bit words since the beginning of the ring.
  typealias Place = UInt64

  private let words: UnsafeMutablePointer<UInt32>
  private let capacity: Int
  private var head: Place = 0

  /// A ring of at most `memoryByteCount` bytes.
  init(memoryByteCount: Int) {
    var capacity = 1 << 10
    while capacity * 2 * MemoryLayout<UInt32>.stride <= memoryByteCount { capacity *= 2 }
    self.capacity = capacity
    unsafe words = TableMemory.allocate(UInt32.self, count: capacity)
  }

  deinit {
    unsafe words.deallocate()
  }

  /// Writes a record and returns its place; nil when it is too large to be worth it.
  ///
  /// ```
  /// number of bytes and, from bit 16, of ids    one word
  /// bytes                                       filled up to whole words
  /// ids                                         one word each
  /// ```
  func append(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, _ ids: UnsafePointer<UInt32>, _ idCount: Int
  ) -> Place? {
    let byteWords = (byteCount + 3) / 4
    let wordCount = 1 + byteWords + idCount
    if wordCount > capacity / 4 || byteCount > 0xFFFF || idCount > 0xFFFF { return nil }
    var start = Int(head % UInt64(capacity))
    if start + wordCount > capacity {
      head += UInt64(capacity - start)
      start = 0
    }
    let place = head
    // SAFETY: the record lies between `start` and the end of the ring.
    let target = unsafe words + start
    unsafe target[0] = UInt32(byteCount) | UInt32(idCount) << 16
    unsafe UnsafeMutableRawPointer(target + 1).copyMemory(from: bytes, byteCount: byteCount)
    unsafe (target + 1 + byteWords).update(from: ids, count: idCount)
    head += UInt64(wordCount)
    return place
  }

  /// Appends the ids of a record to `output`; false when it has been overwritten or is of other bytes.
  @inline(__always)
  func append(
    _ place: Place, of bytes: UnsafePointer<UInt8>, _ byteCount: Int,
    to output: inout GrowingBuffer<UInt32>
  ) -> Bool {
    if head &- place > UInt64(capacity) { return false }
    // SAFETY: a record written no longer ago than the ring is long is whole.
    let record = unsafe words + Int(truncatingIfNeeded: place & UInt64(capacity &- 1))
    let header = unsafe record[0]
    if Int(header & 0xFFFF) != byteCount { return false }
    let stored = unsafe UnsafeRawPointer(record + 1).assumingMemoryBound(to: UInt8.self)
    if unsafe !LongHash.equal(stored, bytes, byteCount) { return false }
    let idCount = Int(header &>> 16)
    output.reserve(idCount)
    let ids = unsafe record + 1 + (byteCount &+ 3) / 4
    let target = unsafe output.base + output.count
    for index in 0..<idCount { unsafe target[index] = unsafe ids[index] }
    output.setCount(output.count &+ idCount)
    return true
  }
}
