internal import CKernels

/// Counts of bytes over a whole buffer.
package enum ByteTally {
  /// How many bytes equal `byte`.
  package static func count(_ byte: UInt8, in text: Span<UInt8>) -> Int {
    var count = 0
    var offset = 0
    while offset < text.count {
      // SAFETY: the kernel reads 64 bytes, which is what a block lends.
      var mask = unsafe PaddedBlock.read(text, at: offset) { unsafe ck_equal_bytes($0, byte) }
      let rest = text.count &- offset
      if rest < 64 { mask &= (1 &<< UInt64(rest)) &- 1 }
      count &+= mask.nonzeroBitCount
      offset &+= 64
    }
    return count
  }

  /// The offsets of the bytes that equal `byte`, in order.
  package static func offsets(of byte: UInt8, in text: Span<UInt8>) -> [Int] {
    var offsets: [Int] = []
    var base = 0
    while base < text.count {
      // SAFETY: the kernel reads 64 bytes, which is what a block lends.
      var mask = unsafe PaddedBlock.read(text, at: base) { unsafe ck_equal_bytes($0, byte) }
      let rest = text.count &- base
      if rest < 64 { mask &= (1 &<< UInt64(rest)) &- 1 }
      while mask != 0 {
        offsets.append(base &+ mask.trailingZeroBitCount)
        mask &= mask &- 1
      }
      base &+= 64
    }
    return offsets
  }

  /// How many scalars well-formed UTF-8 holds: the bytes that do not continue another.
  package static func scalars(in text: Span<UInt8>) -> Int {
    var count = 0
    var offset = 0
    while offset < text.count {
      let end = min(offset &+ 128, text.count)
      // At most 128 hits fit a byte, and byte lanes are what makes the loop fast.
      var hits: UInt8 = 0
      for index in offset..<end where Int8(bitPattern: text[index]) > -65 { hits &+= 1 }
      count &+= Int(hits)
      offset = end
    }
    return count
  }
}
