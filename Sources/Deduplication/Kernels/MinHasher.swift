internal import CKernels

/// The minima of a hash family over a text's shingles.
final class MinHasher {
  private let family: HashFamily
  private let shingleHasher: ShingleHasher
  private var hashes: [UInt32] = []

  init(shingleWords: Int, family: HashFamily) {
    self.family = family
    shingleHasher = ShingleHasher(shingleWords: shingleWords)
  }

  /// One minimum for each function of the family; nil when the text has no shingle.
  func hashes(of text: Span<UInt8>) -> [UInt32]? {
    var least = [UInt32](repeating: .max, count: family.multipliers.count)
    var isEmpty = true
    unsafe shingleHasher.hash(text) { shingles, count in
      isEmpty = false
      // SAFETY: the three arrays have one length, a multiple of sixteen (`HashFamily`).
      unsafe ck_minhash(shingles, count, family.multipliers, family.offsets, &least, least.count)
    }
    return isEmpty ? nil : least
  }
}
