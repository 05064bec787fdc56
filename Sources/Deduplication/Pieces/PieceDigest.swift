internal import ByteKernels

/// 128 bits of a piece's bytes: equal bytes give equal digests; not cryptographic.
struct PieceDigest {
  var high: UInt64
  var low: UInt64

  private static let seeds: (UInt64, UInt64) = (0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F)
  private static let factors: (UInt64, UInt64) = (0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB)

  /// The digest of a range of a text, eight bytes at a time.
  @inline(__always)
  static func of(_ text: RawSpan, _ range: Range<Int>) -> PieceDigest {
    let count = UInt64(truncatingIfNeeded: range.count)
    var digest = PieceDigest(high: seeds.0 ^ count, low: seeds.1 ^ count)
    var (offset, end) = (range.lowerBound, range.upperBound)
    while offset &+ 8 <= end {
      digest.absorb(text.load64(offset))
      offset &+= 8
    }
    if offset < end {
      var rest: UInt64 = 0
      while end > offset {
        end &-= 1
        rest = rest &<< 8 | UInt64(text.load8(end))
      }
      digest.absorb(rest)
    }
    return PieceDigest(high: mix(digest.high, seeds.1), low: mix(digest.low, seeds.0))
  }

  @inline(__always)
  private mutating func absorb(_ word: UInt64) {
    high = mix(high ^ word, Self.factors.0)
    low = mix(low ^ word, Self.factors.1)
  }
}
