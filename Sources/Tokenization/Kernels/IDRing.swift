internal import ByteKernels

/// Ids of pre-tokens, and the bytes of long ones, in a ring where the newest overwrite the oldest.
///
/// The ring grows until it has its full size; only then does it begin anew.
@safe final class IDRing {
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  /// Where the next record goes.
  private(set) var head: UInt32 = 0
  /// How often the ring has begun anew.
  private(set) var turn: UInt32 = 0
  private var capacity: Int
  private let maximumCapacity: Int

  private static let initialCapacity = 1 << 14
  /// The kernels read some bytes more than a record has.
  private static let spareByteCount = 16

  /// A ring of at most `memoryByteCount` bytes, though never less than 16 KiB.
  init(memoryByteCount: Int) {
    maximumCapacity = min(max(memoryByteCount, Self.initialCapacity), Int(UInt32.max))
    capacity = Self.initialCapacity
    unsafe bytes = TableMemory.allocate(UInt8.self, count: capacity + Self.spareByteCount)
  }

  deinit {
    unsafe bytes.deallocate()
  }

  /// Writes bytes and behind them ids in 24 bits each; returns the record's place, the turn in its upper
  /// half, or nil when it is too large to be worth it.
  func append(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, _ ids: UnsafePointer<UInt32>, _ idCount: Int
  ) -> UInt64? {
    let recordByteCount = byteCount + 3 * idCount
    if recordByteCount > maximumCapacity / 4 { return nil }
    makeRoom(recordByteCount)
    // SAFETY: there is room for the record behind `head`.
    var target = unsafe self.bytes + Int(head)
    unsafe target.update(from: bytes, count: byteCount)
    unsafe target += byteCount
    for index in 0..<idCount {
      let id = unsafe ids[index]
      unsafe target[0] = UInt8(truncatingIfNeeded: id)
      unsafe target[1] = UInt8(truncatingIfNeeded: id >> 8)
      unsafe target[2] = UInt8(truncatingIfNeeded: id >> 16)
      unsafe target += 3
    }
    defer { head += UInt32(recordByteCount) }
    return UInt64(turn) << 32 | UInt64(head)
  }

  private func makeRoom(_ byteCount: Int) {
    if Int(head) + byteCount <= capacity { return }
    if capacity < maximumCapacity {
      while capacity < Int(head) + byteCount { capacity *= 2 }
      capacity = min(capacity, maximumCapacity)
      unsafe bytes = TableMemory.grow(bytes, toCount: capacity + Self.spareByteCount)
    }
    if Int(head) + byteCount > capacity {
      head = 0
      turn &+= 1
    }
  }
}
