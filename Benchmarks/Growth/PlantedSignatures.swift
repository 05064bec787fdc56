internal import Deduplication

/// Signatures of documents that are not there: two in five belong to clusters of four on average,
/// whose members have 70 to 100 % of their min-hashes in common with the cluster's first; one in
/// twenty is a copy to the byte.
struct PlantedSignatures {
  let documentCount: Int
  let hashCount: Int

  func signature(of document: Int) -> Signature {
    var own = Draws(UInt64(document), 1)
    let kind = own.next() % 100
    let cluster = own.next() % UInt64(max(1, documentCount / 10))
    if kind < 5 {
      // Copies of the cluster's base.
      return signature(cluster, similarity: 1, digest: cluster | 1 << 63)
    }
    let similarity = kind < 40 ? 0.7 + 0.3 * Double(own.next() >> 11) / 0x1p53 : 0
    return signature(cluster, similarity: similarity, digest: UInt64(document), own)
  }

  private func signature(
    _ cluster: UInt64, similarity: Double, digest: UInt64, _ own: Draws = Draws(0, 0)
  ) -> Signature {
    var (base, own, digests) = (Draws(cluster, 2), own, Draws(digest, 3))
    let limit = similarity >= 1 ? UInt64.max : UInt64(similarity * 0x1p64)
    var hashes: [UInt32] = []
    hashes.reserveCapacity(hashCount)
    for _ in 0..<hashCount {
      let shared = base.next()
      hashes.append(UInt32(truncatingIfNeeded: own.next() <= limit ? shared : own.next()))
    }
    return Signature(
      digest: Signature.Digest(high: digests.next(), low: digests.next()), minHashes: hashes,
      sampleKey: hashes.first.map(UInt64.init) ?? 0)
  }
}

/// Numbers that follow from a key alone (SplitMix64).
struct Draws {
  private var state: UInt64

  init(_ key: UInt64, _ stream: UInt64) {
    state = key &* 0xD6E8_FEB8_6659_FD93 ^ stream &* 0xA076_1D64_78BD_642F
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
