/// The 32-bit MurmurHash3 for x86: what Spark ML's HashingTF hashes terms with.
///
/// Source: Austin Appleby's SMHasher, `MurmurHash3_x86_32`. Spark's own class of the same name hashes
/// the last one to three bytes otherwise in its `hashUnsafeBytes`; HashingTF of Spark 3 and 4 uses this form.
package enum Murmur3 {
  /// The seed of Spark's HashingTF.
  package static let sparkSeed: UInt32 = 42

  /// The hash of one whole buffer.
  package static func hash32(_ bytes: Span<UInt8>, seed: UInt32 = sparkSeed) -> UInt32 {
    let raw = bytes.raw
    let tailStart = bytes.count & ~3
    var hash = seed
    var offset = 0
    while offset < tailStart {
      hash = absorb(hash, raw.load32(offset))
      offset &+= 4
    }
    var tail: UInt32 = 0
    var shift: UInt32 = 0
    while offset < bytes.count {
      tail |= UInt32(raw.load8(offset)) &<< shift
      shift &+= 8
      offset &+= 1
    }
    return finish(hash ^ scramble(tail), byteCount: bytes.count)
  }

  /// The hash of Spark 2's HashingTF: each of the last one to three bytes, read as signed, is a block.
  package static func legacySparkHash32(_ bytes: Span<UInt8>) -> UInt32 {
    let raw = bytes.raw
    var hash = sparkSeed
    var offset = 0
    while offset < bytes.count & ~3 {
      hash = absorb(hash, raw.load32(offset))
      offset &+= 4
    }
    while offset < bytes.count {
      hash = absorb(hash, UInt32(bitPattern: Int32(Int8(bitPattern: raw.load8(offset)))))
      offset &+= 1
    }
    return finish(hash, byteCount: bytes.count)
  }

  /// Adds four bytes, read little-endian, to a running hash.
  @inlinable @inline(__always)
  package static func absorb(_ hash: UInt32, _ block: UInt32) -> UInt32 {
    rotate(hash ^ scramble(block), 13) &* 5 &+ 0xE654_6B64
  }

  /// What a block is turned into before it meets the hash; 0 stays 0.
  @inlinable @inline(__always)
  package static func scramble(_ block: UInt32) -> UInt32 {
    rotate(block &* 0xCC9E_2D51, 15) &* 0x1B87_3593
  }

  /// The final avalanche over a hash that has absorbed `byteCount` bytes.
  @inlinable @inline(__always)
  package static func finish(_ hash: UInt32, byteCount: Int) -> UInt32 {
    var mixed = hash ^ UInt32(truncatingIfNeeded: byteCount)
    mixed = (mixed ^ (mixed &>> 16)) &* 0x85EB_CA6B
    mixed = (mixed ^ (mixed &>> 13)) &* 0xC2B2_AE35
    return mixed ^ (mixed &>> 16)
  }

  @inlinable @inline(__always)
  package static func rotate(_ value: UInt32, _ count: UInt32) -> UInt32 {
    (value &<< count) | (value &>> (32 &- count))
  }
}
