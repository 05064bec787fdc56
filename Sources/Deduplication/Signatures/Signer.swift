/// Makes signatures of texts.
///
/// One per worker: it owns its scratch memory. The result depends on the text, the settings and the
/// seed alone.
package final class Signer {
  private let minHasher: (any MinHashing)?

  /// With `keepsShingles`, signatures hold the set of the text's shingles besides their minima.
  package init(
    _ settings: DeduplicationSettings, seed: UInt64, keepsShingles: Bool = false
  ) throws(DeduplicationError) {
    guard settings.near else {
      minHasher = nil
      return
    }
    let (source, functions) = Self.means(
      settings, seed: settings.hashSeed.map { UInt64(bitPattern: Int64($0)) } ?? seed)
    minHasher = MinHasher(source, functions, keepsShingles: keepsShingles)
  }

  private static func means(
    _ settings: DeduplicationSettings, seed: UInt64
  ) -> (any ShingleSource, HashFunctions) {
    let (count, bits, size) = (settings.hashCount, settings.hashBits, settings.shingleSize)
    let cutter = UnitCutter(simplification: settings.simplify, unit: settings.shingles)
    switch settings.hash {
    case .multiplyAdd:
      // Words are in lower case already when the text is.
      let isFast = settings.shingles == .words && [.words, .lowercase].contains(settings.simplify)
      return (
        isFast ? ShingleHasher(shingleSize: size) : UnitShingles(cutter, shingleSize: size),
        .multiplyAdd(count: count, bits: bits, seed: seed)
      )
    case .datasketch, .datasketch1:
      let isMixed = settings.hash == .datasketch
      let seed = UInt32(truncatingIfNeeded: seed)
      let hash = SliceShingles.SliceHash.datasketch(bits: bits, isMixed: isMixed)
      return (
        SliceShingles(cutter, shingleSize: size, hash: hash),
        isMixed
          ? .datasketch(count: count, bits: bits, seed: seed)
          : .legacyDatasketch(count: count, seed: seed)
      )
    case .datatrove, .datatroveSHA1:
      let hash = DatatroveShingles.Hash(isSHA1: settings.hash == .datatroveSHA1, bits: bits)
      return (
        DatatroveShingles(shingleSize: size, hash: hash),
        .datatrove(count: count, bits: bits, seed: UInt32(truncatingIfNeeded: seed))
      )
    case .nemo:
      let functions = HashFunctions.nemo(
        count: count, bits: bits, seed: UInt32(truncatingIfNeeded: seed))
      let hash = SliceShingles.SliceHash.nemo(bits: bits, seed: functions.multipliers[0])
      return (
        SliceShingles(cutter, shingleSize: size, hash: hash, takesShortTexts: true), functions
      )
    case .spark:
      let functions =
        settings.coefficients.isEmpty
        ? HashFunctions.spark(count: count, seed: Int64(bitPattern: seed))
        : .spark(coefficients: settings.coefficientPairs)
      let hash = SliceShingles.SliceHash.hashingTF(featureCount: settings.features)
      return (SliceShingles(cutter, shingleSize: size, hash: hash), functions)
    }
  }

  package func sign(_ text: Span<UInt8>) -> Signature {
    let digest = Signature.Digest(of: text)
    guard let sketch = minHasher?.sketch(of: text) else {
      return Signature(digest: digest, minHashes: [])
    }
    return Signature(
      digest: digest, minHashes: sketch.minHashes, sampleKey: sketch.sampleKey,
      shingles: sketch.shingles)
  }
}
