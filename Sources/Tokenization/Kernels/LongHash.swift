/// A hash of bytes of any number, for tables that live no longer than the process.
enum LongHash {
  @inline(__always)
  static func hash(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) -> UInt64 {
    let raw = unsafe UnsafeRawPointer(bytes)
    var hash = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: byteCount)
    var offset = 0
    while offset &+ 8 <= byteCount {
      // SAFETY: eight bytes are left from `offset` on.
      let word = unsafe UInt64(
        littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      hash = mix(hash ^ word, 0xA076_1D64_78BD_642F)
      offset &+= 8
    }
    var tail: UInt64 = 0
    while offset < byteCount {
      tail = tail &<< 8 | (unsafe UInt64(bytes[offset]))
      offset &+= 1
    }
    return mix(hash ^ tail, 0xE703_7ED1_A0B4_28DB)
  }

  @inline(__always)
  private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  /// True when two runs of `byteCount` bytes are the same.
  @inline(__always)
  static func equal(
    _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ byteCount: Int
  ) -> Bool {
    var offset = 0
    // SAFETY: offsets are below `byteCount`.
    while offset &+ 8 <= byteCount {
      let left = unsafe UnsafeRawPointer(a).loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let right = unsafe UnsafeRawPointer(b).loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if left != right { return false }
      offset &+= 8
    }
    while offset < byteCount {
      if unsafe a[offset] != b[offset] { return false }
      offset &+= 1
    }
    return true
  }
}
