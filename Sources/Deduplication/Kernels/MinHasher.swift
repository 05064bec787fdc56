internal import CKernels

/// Min-hashes of shingles of words under functions `a * x + b`: the fast way.
final class MinHasher: MinHashing {
  private let hashCount: Int
  private let family: HashFamily
  private let wideFamily: WideHashFamily?
  private let keepsShingles: Bool
  private let shingleHasher: ShingleHasher

  init(_ settings: DeduplicationSettings, seed: UInt64, keepsShingles: Bool) {
    hashCount = settings.hashCount
    let isWide = settings.hashBits == 64
    family = HashFamily(count: isWide ? 0 : hashCount, seed: seed)
    wideFamily = isWide ? WideHashFamily(count: hashCount, seed: seed) : nil
    self.keepsShingles = keepsShingles
    shingleHasher = ShingleHasher(shingleSize: settings.shingleSize)
  }

  func sketch(of text: Span<UInt8>) -> Sketch? {
    var least = [UInt32](repeating: .max, count: family.multipliers.count)
    var wideLeast = [UInt64](repeating: .max, count: wideFamily?.multipliers.count ?? 0)
    var leastExchanged = UInt64.max
    var kept: [UInt32] = []
    var isEmpty = true
    unsafe shingleHasher.hash(text) { shingles, count in
      isEmpty = false
      // SAFETY: `count` shingles are there; the arrays of a family have one length, a multiple of
      // sixteen or eight (`HashFamily`, `WideHashFamily`).
      if let wideFamily {
        unsafe ck_minhash64(
          shingles, count, wideFamily.multipliers, wideFamily.offsets, &wideLeast, wideLeast.count)
      } else {
        unsafe ck_minhash32(
          shingles, count, family.multipliers, family.offsets, &least, least.count)
      }
      leastExchanged = unsafe ck_least_exchanged(shingles, count, leastExchanged)
      if keepsShingles {
        for index in 0..<count {
          unsafe kept.append(UInt32(truncatingIfNeeded: shingles[index] &>> 32))
        }
      }
    }
    if isEmpty { return nil }
    return Sketch(
      minHashes: wideFamily == nil
        ? Array(least.prefix(hashCount)) : HashWords.words(of: wideLeast.prefix(hashCount)),
      sampleKey: SplitMix64.mixed(leastExchanged), shingles: HashWords.distinct(&kept))
  }
}
