internal import ByteKernels
internal import TextAnalysis

/// Turns text into the hashes of its shingles as other programs do: each shingle's bytes at once.
///
/// Holds one rewritten copy of the text.
final class SliceShingles: ShingleSource {
  /// The hash of a shingle's bytes; one of 32 bits stands in the high half.
  enum SliceHash {
    /// The first bytes of SHA-1 as a little-endian number, put through the last step of MurmurHash3 when
    /// `isMixed`.
    case datasketch(bits: Int, isMixed: Bool)
    /// MurmurHash3, of 32 bits for x86 or the low half of that for x64; 0 becomes 1, as cuDF has it.
    case nemo(bits: Int, seed: UInt64)
    /// The feature that Spark's HashingTF gives a term.
    case hashingTF(featureCount: Int)

    func callAsFunction(_ slice: Span<UInt8>) -> UInt64 {
      switch self {
      case .datasketch(let bits, let isMixed):
        let digest = SHA1Prefix.hash(slice)
        let low = UInt32(truncatingIfNeeded: digest)
        if bits == 64 { return isMixed ? Murmur3x128.finish(digest) : digest }
        return UInt64(isMixed ? Murmur3.finish(low, byteCount: 0) : low) << 32
      case .nemo(bits: 32, let seed):
        return UInt64(max(1, Murmur3.hash32(slice, seed: UInt32(truncatingIfNeeded: seed)))) << 32
      case .nemo(_, let seed): return max(1, Murmur3x128.hash(slice, seed: seed).low)
      case .hashingTF(let featureCount):
        return UInt64(HashingTF(featureCount: featureCount).index(slice)) << 32
      }
    }
  }

  private static let blockCount = 1 << 11

  private let cutter: UnitCutter
  private let size: Int
  private let hash: SliceHash
  /// Whether a text of fewer units is a shingle itself.
  private let takesShortTexts: Bool

  init(_ cutter: UnitCutter, shingleSize: Int, hash: SliceHash, takesShortTexts: Bool = false) {
    self.cutter = cutter
    size = shingleSize
    self.hash = hash
    self.takesShortTexts = takesShortTexts
  }

  func hash(_ text: Span<UInt8>, _ take: (Span<UInt64>) -> Void) {
    let units = cutter.cut(text)
    let bytes = units.bytes.span
    if units.count < size {
      guard takesShortTexts, units.count > 0 else { return }
      let whole = [hash(bytes)]
      take(whole.span)
      return
    }
    var (start, end) = (0, units.end(of: 0))
    for _ in 1..<size { end = units.end(of: units.start(after: end)) }
    var block: [UInt64] = []
    block.reserveCapacity(Self.blockCount)
    for rest in (0...(units.count - size)).reversed() {
      block.append(hash(bytes.extracting(start..<end)))
      if block.count == Self.blockCount || rest == 0 {
        take(block.span)
        block.removeAll(keepingCapacity: true)
      }
      if rest > 0 {
        start = units.start(after: units.end(of: start))
        end = units.end(of: units.start(after: end))
      }
    }
  }
}
